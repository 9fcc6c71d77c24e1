/** Words of the first run. */
export const firstRun = {
  title: '从空地图到一条街道',
  lead: '还没有数据。按下面的次序载入，做完一步地图上就看得到一步。',
  leadOn: '接着按次序载入；同一份文件再载入一次不会重复，只补上改动的部分。',
  done: '已有 {count}',
  todo: '待载入',
  optional: '可以以后再做',
  finish: '打开调度台',
  finishEarly: '先看调度台',
  who: '数据载入由街道管理员进行。请联系他，或用他的账号登录。',
  next: '下一步：{title}',
  toAccounts: '去开账号',
  remaining: '还有 {count} 步',
  allDone: '都好了',
  steps: {
    areas: { title: '区域', text: '街道、社区、网格的边界（GeoJSON）。有了网格，人、楼、案件才知道归谁。' },
    base: { title: '底图和楼栋', text: '水系、绿地、道路和楼栋（GeoJSON），楼栋也可以是带经纬度的 CSV。' },
    people: { title: '人员和岗位', text: '姓名、电话、岗位、网格编码（CSV）。队伍也在这一步，先人员后队伍。' },
    points: { title: '服务点', text: '名称、经纬度、开放时间（CSV 或 GeoJSON）。' },
    cases: { title: '案件', text: '原系统导出的案件（CSV 或 GeoJSON）。责任单位可以先载入。' },
    accounts: { title: '登录账号', text: '给派遣员、网格长、责任单位开账号，用一次性链接登录。' },
  },
}
