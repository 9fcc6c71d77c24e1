export const mapCanvas = {
  keys: 'Map: arrow keys move, plus and minus zoom, Enter selects what lies in the middle',
  metres: '{n} m',
  kilometres: '{n} km',
}
