/** Many questions of the same kind become few: what is asked while one is under way goes together in the next. */

/** `findAll` leaves out what it does not find; a fault of it is everybody's who asked. */
export function findTogether<Found>(
  findAll: (keys: ReadonlySet<string>) => Promise<ReadonlyMap<string, Found>>,
): (key: string) => Promise<Found | null> {
  let running: Promise<unknown> | null = null
  let next: { keys: Set<string>; found: Promise<ReadonlyMap<string, Found>> } | null = null

  function begin() {
    const keys = new Set<string>()
    const found = (running ?? Promise.resolve()).then(() => {
      next = null
      const asked = findAll(keys)
      const settled = asked.then(
        () => {},
        () => {},
      )
      running = settled
      void settled.then(() => {
        if (running === settled) running = null
      })
      return asked
    })
    return { keys, found }
  }

  return async (key) => {
    next ??= begin()
    next.keys.add(key)
    return (await next.found).get(key) ?? null
  }
}
