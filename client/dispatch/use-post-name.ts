/** The word for a post; a post a real street brought along that we have no word for is shown as it is. */
import { useI18n } from 'vue-i18n'

export function usePostName(): (post: string) => string {
  const { t, te } = useI18n()
  return (post) => (te(`words.post.${post}`) ? t(`words.post.${post}`) : post)
}
