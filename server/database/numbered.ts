/**
 * Stores a new record under the next free code. A loaded file may have taken codes of ours, so `insert` says whether
 * its code was free; each try takes a fresh number, so it ends at the first one that is.
 */
export async function insertNumbered(
  nextCode: () => Promise<string>,
  insert: (code: string) => Promise<boolean>,
): Promise<string> {
  for (;;) {
    const code = await nextCode()
    if (await insert(code)) return code
  }
}

/** "M000042". */
export const recordCode = (prefix: string, number: number) => `${prefix}${String(number).padStart(6, '0')}`
