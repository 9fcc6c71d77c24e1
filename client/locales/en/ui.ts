export const ui = {
  close: 'Close',
  keep: 'No',
  removeEntry: 'Remove "{entry}"',
}
