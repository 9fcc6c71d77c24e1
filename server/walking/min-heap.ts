/** A binary heap of numbers with a key each; the least key comes out first. */
export class MinHeap {
  readonly #keys: number[] = []
  readonly #items: number[] = []

  get size(): number {
    return this.#keys.length
  }

  /** The least key; Infinity when empty. */
  get leastKey(): number {
    return this.#keys[0] ?? Number.POSITIVE_INFINITY
  }

  push(key: number, item: number): void {
    const keys = this.#keys
    const items = this.#items
    let at = keys.length
    keys.push(key)
    items.push(item)
    while (at > 0) {
      const parent = (at - 1) >> 1
      const parentKey = keys[parent] as number
      if (parentKey <= key) break
      keys[at] = parentKey
      items[at] = items[parent] as number
      at = parent
    }
    keys[at] = key
    items[at] = item
  }

  /** Takes out the item with the least key; undefined when empty. */
  pop(): number | undefined {
    const least = this.#items[0]
    const key = this.#keys.pop()
    const item = this.#items.pop()
    if (key !== undefined && item !== undefined && this.#keys.length > 0) this.#sink(key, item)
    return least
  }

  #sink(key: number, item: number): void {
    const keys = this.#keys
    const items = this.#items
    const { length } = keys
    let at = 0
    for (let child = 1; child < length; child = 2 * at + 1) {
      if (child + 1 < length && (keys[child + 1] as number) < (keys[child] as number)) child++
      if ((keys[child] as number) >= key) break
      keys[at] = keys[child] as number
      items[at] = items[child] as number
      at = child
    }
    keys[at] = key
    items[at] = item
  }
}
