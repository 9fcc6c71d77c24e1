/** The link to the server, always visible, in words. */
export const connection = {
  connecting: '正在连接',
  connected: '已连接',
  lost: '链路中断',
  updatedAt: '数据更新于',
  stoppedAt: '数据停在',
  stalePeople: '位置陈旧',
  people: '{n} 人',
  inView: '当前图面内',
  retrying: '正在重连，页面上是断线前的数据',
}
