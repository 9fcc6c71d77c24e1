/** The list with a saved record in its place, or first when it is new. */
export function putItem<Item extends { id: string }>(items: readonly Item[], saved: Item): readonly Item[] {
  return items.some(({ id }) => id === saved.id)
    ? items.map((item) => (item.id === saved.id ? saved : item))
    : [saved, ...items]
}
