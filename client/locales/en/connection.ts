export const connection = {
  connecting: 'Connecting',
  connected: 'Connected',
  lost: 'Link lost',
  updatedAt: 'Data as of',
  stoppedAt: 'Data stopped at',
  onMap: 'People on the map',
  stalePeople: 'old position',
  people: '{n}',
  inView: 'Only people within the map shown; a position is old when three expected reports are missing',
  retrying: 'Reconnecting; you see the data from before',
}
