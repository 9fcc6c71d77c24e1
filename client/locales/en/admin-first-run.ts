export const firstRun = {
  title: 'From an empty map to a street',
  lead: 'There is no data yet. Load it in this order; after each step the map shows more.',
  leadOn: 'Go on in this order. Loading a file again doubles nothing; it only brings in what changed.',
  done: '{count} loaded',
  todo: 'To do',
  optional: 'Can be done later',
  finish: 'Open the desk',
  finishEarly: 'Look at the desk first',
  who: 'Data is loaded by a street administrator. Ask one, or sign in as one.',
  next: 'Next: {title}',
  toAccounts: 'Create accounts',
  remaining: '{count} steps to go',
  allDone: 'All done',
  steps: {
    areas: {
      title: 'Areas',
      text: 'Borders of the street, communities and grids (GeoJSON). With grids, people, buildings and cases find who answers for them.',
    },
    base: {
      title: 'Base map and buildings',
      text: 'Water, green, roads and buildings (GeoJSON); buildings may be a CSV with longitude and latitude.',
    },
    people: {
      title: 'People and posts',
      text: 'Name, phone, post, grid code (CSV). Teams come here too, after the people.',
    },
    points: { title: 'Service points', text: 'Name, place, opening hours (CSV or GeoJSON).' },
    cases: { title: 'Cases', text: 'The export of the system before (CSV or GeoJSON). Departments may come first.' },
    accounts: {
      title: 'Accounts',
      text: 'Accounts for dispatchers, grid leaders and departments, who sign in by one-time link.',
    },
  },
}
