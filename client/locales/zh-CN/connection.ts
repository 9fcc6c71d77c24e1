/** The link to the server, always visible, in words. */
export const connection = {
  connecting: '正在连接',
  connected: '已连接',
  lost: '链路中断',
  updatedAt: '数据更新于',
  stoppedAt: '数据停在',
  onMap: '图内在岗',
  stalePeople: '其中位置陈旧',
  people: '{n} 人',
  inView: '只数当前图面内的人；位置超过三次应报未报算陈旧',
  retrying: '正在重连，页面上是断线前的数据',
}
