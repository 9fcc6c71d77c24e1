/** Which page is shown, by the address's fragment: it never reaches the server, so a secret may stand in it. */
import { nextTick, onScopeDispose, ref, watch } from 'vue'

export const pageNames = ['home', 'where', 'points', 'report', 'reports', 'follow', 'call'] as const
export type PageName = (typeof pageNames)[number]
export interface Page {
  name: PageName
  /** A point's code, a report's or a call's secret, or why the place is asked for. */
  detail: string | null
}

export function pageOf(hash: string): Page {
  const [name = '', detail] = hash.replace(/^#\/?/, '').split('/')
  const known = pageNames.find((each) => each === name)
  return { name: known ?? 'home', detail: detail ? decoded(detail) : null }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

export const addressOfPage = (name: PageName, detail?: string) =>
  name === 'home' ? '#/' : `#/${name}${detail === undefined ? '' : `/${encodeURIComponent(detail)}`}`

export function usePage() {
  const page = ref(pageOf(location.hash))
  const follow = () => {
    page.value = pageOf(location.hash)
  }
  window.addEventListener('hashchange', follow)
  onScopeDispose(() => window.removeEventListener('hashchange', follow))
  // A new page begins at its title, for eyes and for screen readers; what comes later finds it by itself.
  watch(page, async () => {
    await nextTick()
    window.scrollTo(0, 0)
    document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
  })
  return {
    page,
    go: (name: PageName, detail?: string) => {
      location.hash = addressOfPage(name, detail)
    },
  }
}
