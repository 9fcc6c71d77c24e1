/** What typing into a list of chips means. */

/** The list with what was typed added: commas, enumeration commas, semicolons and line breaks part entries, doubles are dropped. */
export function addEntries(entries: readonly string[], typed: string): string[] {
  const added = typed
    .split(/[,，、;；\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
  return [...new Set([...entries, ...added])]
}

export const removeEntry = (entries: readonly string[], entry: string): string[] =>
  entries.filter((other) => other !== entry)
