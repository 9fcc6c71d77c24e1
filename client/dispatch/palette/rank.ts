/** How well a line of the palette answers what was typed. Pure; higher is better, null is not at all. */

const EXACT = 100
const STARTS = 80
const WORD_STARTS = 60
const CONTAINS = 40
const SCATTERED = 20

/** Compares without case. Letters may be scattered ("dl" finds "Dark … Light") only from two on. */
export function score(query: string, text: string): number | null {
  const wanted = query.trim().toLowerCase()
  const given = text.toLowerCase()
  if (wanted === '') return 0
  if (given === wanted) return EXACT
  if (given.startsWith(wanted)) return STARTS
  const at = given.indexOf(wanted)
  if (at > 0) return /[\s·:：/]/.test(given[at - 1] ?? '') ? WORD_STARTS : CONTAINS
  return wanted.length >= 2 && isScattered(wanted, given) ? SCATTERED : null
}

function isScattered(wanted: string, given: string): boolean {
  let from = 0
  for (const letter of wanted) {
    const at = given.indexOf(letter, from)
    if (at === -1) return false
    from = at + letter.length
  }
  return true
}

/** Those of which any text answers, the best first; equals keep their order. */
export function rank<Item>(query: string, items: readonly Item[], textsOf: (item: Item) => readonly string[]): Item[] {
  return items
    .flatMap((item) => {
      const all = textsOf(item).flatMap((text) => score(query, text) ?? [])
      return all.length === 0 ? [] : [{ item, points: Math.max(...all) }]
    })
    .toSorted((a, b) => b.points - a.points)
    .map(({ item }) => item)
}
