/** Signing in with name and password, for the form of any face of the staff. */
import { ref } from 'vue'
import { type Face, homeAddress, homeFace } from '#contract/faces'
import { type FailureCode, failureCode } from '../api/failure.ts'
import { useSession } from '../stores/session.ts'

/** Whoever's home is another face is taken there. */
export function useSignIn(face: Face) {
  const session = useSession()
  const name = ref('')
  const password = ref('')
  const failure = ref<FailureCode | null>(null)
  const isPending = ref(false)

  async function signIn(): Promise<void> {
    isPending.value = true
    failure.value = null
    try {
      await session.signIn(name.value.trim(), password.value)
      const role = session.session?.role
      if (role && homeFace(role) !== face) window.location.assign(homeAddress(role))
    } catch (error) {
      const code = failureCode(error)
      // A name that could not exist is, to the person, simply a wrong name.
      failure.value = code === 'bad_input' ? 'sign_in_failed' : code
    } finally {
      isPending.value = false
      password.value = ''
    }
  }

  return { name, password, failure, isPending, signIn }
}
