export const connection = {
  connecting: 'Connecting',
  connected: 'Connected',
  lost: 'Link lost',
  updatedAt: 'Data as of',
  stoppedAt: 'Data stopped at',
  stalePeople: 'Old positions',
  people: '{n} person | {n} people',
  inView: 'Within the map shown',
  retrying: 'Reconnecting; you see the data from before',
}
