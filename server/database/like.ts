/** Patterns for finding what somebody typed inside names and codes. */

export interface LikePatterns {
  /** The whole, at the start. */
  prefix: string
  /** Each word, anywhere: `column LIKE ALL (words)`. */
  words: string[]
  /** Chinese has no case, and LIKE by bytes is several times as fast as ILIKE. */
  like: 'LIKE' | 'ILIKE'
}

const MAX_WORDS = 5
const hasCase = (text: string) => text.toLowerCase() !== text.toUpperCase()
/** `%`, `_` and `\` are letters like any other to whoever types them. */
const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&')

export const wordsOf = (typed: string) => typed.split(/\s+/u).filter(Boolean).slice(0, MAX_WORDS)

export function likePatterns(typed: string): LikePatterns {
  return {
    prefix: `${escapeLike(typed.trim())}%`,
    words: wordsOf(typed).map((word) => `%${escapeLike(word)}%`),
    like: hasCase(typed) ? 'ILIKE' : 'LIKE',
  }
}
