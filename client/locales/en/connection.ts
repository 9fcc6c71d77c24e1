export const connection = {
  connecting: 'Connecting',
  connected: 'Connected',
  lost: 'Link lost',
  updatedAt: 'Data as of',
  stoppedAt: 'Data stopped at',
  onMap: 'On the map',
  stalePeople: 'with an old position',
  people: '{n} person | {n} people',
  inView: 'Only people within the map shown; a position is old when three expected reports are missing',
  retrying: 'Reconnecting; you see the data from before',
}
