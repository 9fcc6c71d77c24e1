/** Reasons the server gives beside a field, in English, and the key under `admin.fault` that says them in both languages. */
const reasonKeys: Readonly<Record<string, string>> = {
  'this area was not found, or is outside your area': 'areaOutside',
  'this place is outside your area': 'placeOutside',
  'keep at least one post in your area, or switch the person off': 'keepPost',
  'write the whole number': 'wholePhone',
  'this person was not found on the active roster of your area': 'notOnRoster',
  taken: 'taken',
  'has an account': 'hasAccount',
}

/** null for a reason that has no words of ours; it is then shown as it came. */
export const reasonKey = (reason: string): string | null => reasonKeys[reason] ?? null
