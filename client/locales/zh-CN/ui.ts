/** Words of the shared controls. */
export const ui = {
  close: '关闭',
  keep: '不了',
  removeEntry: '去掉“{entry}”',
}
