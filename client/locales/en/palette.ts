export const palette = {
  title: 'Search and commands',
  placeholder: 'Find grids, people, cases, buildings or commands',
  commands: 'Commands',
  results: 'Found',
  searching: 'Searching…',
  nothing: 'Nothing found for “{query}”. Try a number, a name, a building or the title of a case.',
  count: '{n} entry | {n} entries',
  hint: '↑↓ move · ⏎ open · Esc close',
  failed: 'The search did not finish: {reason}',
}
export const keys = {
  title: 'Keyboard',
  intro: 'Single keys do nothing while you type.',
  areOn: 'Use single-key shortcuts',
  areOnHint: 'When off, only Ctrl/⌘ K, F6 and Esc remain.',
  queueTitle: 'In the queue',
  queueKeys: '↑ ↓ PgUp PgDn Home End move, ⏎ opens',
  splitterTitle: 'On a divider',
  splitterKeys: '← → change the width, Home restores it',
  mapTitle: 'On the map',
  mapKeys: '← ↑ ↓ → pan, + − zoom',
}
