/** Words of gateways and of refused positions. */
import type { FixRefusal, FixRemark, PositionSource } from '#contract/positions'

interface Reason {
  name: string
  meaning: string
  remedy: string
}

export const gateways = {
  find: '按名称查找',
  none: '还没有定位网关。对讲机平台、车载平台等系统要批量上报位置时，在这里给它一把密钥。',
  note: '共 {count} 个；一把密钥一个系统，只能替绑定过的设备上报',
  create: '新增网关',
  newHint: '保存后给出密钥，只显示一次',
  name: '网关名称',
  nameHint: '写对方系统的名字，例如“对讲机平台”。',
  interval: '上报间隔（秒）',
  intervalHint: '每个设备多久报一次；超过三个间隔没有新位置，地图上显示为过时。',
  every: '上报间隔',
  seconds: '{n} 秒',
  deviceCount: '绑定设备',
  createdAt: '新增时间',
  lastSeen: '最近上报',
  never: '还没有上报过',
  delivering: '正在上报',
  silentSince: '{at} 之后没有上报',
  revoke: '撤销密钥',
  revokeQuestion: '撤销后这把密钥立即失效，不能恢复，确定吗？',

  keyTitle: '{name}的密钥',
  keyOnce: '密钥只显示这一次',
  keySecret: '请现在复制并交给对方系统的管理员。拿到密钥就能替绑定的设备上报位置；丢了就撤销，另建一个。',
  key: '密钥',
  copyKey: '复制密钥',
  keyKept: '已经保存好了',
  keyGap: '<密钥>',
  deviceGap: '<设备号>',
  example: '上报示例（在终端里就能试）',
  copyExample: '复制示例',
  bindNext: '下一步：在右侧把设备号绑定到人。没有绑定的设备，位置会被拒收。',

  devices: '设备与人员',
  noDevices: '还没有绑定设备。',
  device: '设备号',
  deviceHint: '对方系统里的编号，照写。',
  member: '人员',
  bindOne: '绑定一个',
  bindList: '粘贴一批',
  addDevice: '加入',
  addDevices: '加入 {count} 个',
  pasted: '设备号, 人员编号',
  pastedHint: '一行一个，可以直接从表格粘贴；人员编号是名册里的编号。',
  wrongLines: '第 {lines} 行看不懂，要写成“设备号, 人员编号”。',
  saveDevices: '保存绑定',
  unknownCodes: '名册里没有这些人员编号：{codes}。请改正后再保存。',
}

export const refusals = {
  span: { day: '24 小时', week: '7 天' },
  note: { day: '24 小时内拒收 {count} 条', week: '7 天内拒收 {count} 条' },
  none: '没有拒收的定位。',
  allSources: '全部来源',
  source: '来源',
  why: '原因',
  meaning: '是什么情况',
  whatToDo: '怎么办',
  last: '最近一次',
  count: '条数',
  now: '现在',
  overTime: { day: '24 小时内，每小时', week: '7 天内，每 24 小时' },
  peak: { day: '最多的一小时：{at} 起，{count} 条', week: '最多的一天：{at} 起，{count} 条' },
  bars: '按时间先后的条数：{counts}',
  isRefusal: '拒收：不上地图，也不保存',
  isRemark: '提醒：位置照收',
  sources: {
    browser: '巡查端（手机网页）',
    owntracks: 'OwnTracks',
    osmand: 'Traccar Client 等（OsmAnd 协议）',
    gateway: '定位网关',
  } satisfies Record<PositionSource, string>,
  shortSources: { browser: '巡查端', owntracks: 'OwnTracks', osmand: 'Traccar', gateway: '网关' } satisfies Record<
    PositionSource,
    string
  >,
  reason: {
    malformed: {
      name: '读不出位置',
      meaning: '没有经纬度，或不是数字、超出地球范围。',
      remedy: '请设备或平台的厂商检查经纬度字段，多半是字段名或单位写错了。',
    },
    zero: {
      name: '零点坐标',
      meaning: '设备还没有定上位，就报了 (0, 0)。',
      remedy: '到室外等几分钟。一直这样，就检查设备的定位权限和天线。',
    },
    swapped: {
      name: '经纬度颠倒',
      meaning: '经度和纬度对调以后，正好落在辖区。系统不替您猜，也不自动改。',
      remedy: '请厂商把经度和纬度的顺序调过来。',
    },
    outsideArea: {
      name: '远离辖区',
      meaning: '位置在辖区边界 50 公里以外。',
      remedy: '人出差、设备外借属正常。否则核对坐标系，这里收 WGS-84。',
    },
    offDuty: {
      name: '不在岗',
      meaning: '人不在岗时的位置一律不收、不存。',
      remedy: '属正常情况。本人说在岗而地图上没有，请他在巡查端点“上岗”。',
    },
    unknownDevice: {
      name: '不认识的设备',
      meaning: '没有这个设备、配对码或密钥，或者已被撤销。',
      remedy: '手机请重新配对；网关的设备请先在“定位网关”里绑定到人。',
    },
    duplicate: {
      name: '重复上报',
      meaning: '同一条位置又报了一次。',
      remedy: '少量是网络重发，属正常。很多时，请对方平台检查是否重复转发。',
    },
    tooLate: {
      name: '过时的位置',
      meaning: '超过一天，或者在这次上岗之前。',
      remedy: '手机长时间没有网络，恢复后会补报，属正常。大量出现时检查设备时间。',
    },
    future: {
      name: '时间超前一天以上',
      meaning: '设备的时间比现在晚一天以上。',
      remedy: '在设备上打开“自动设置日期和时间”。',
    },
    teleport: {
      name: '瞬间移动',
      meaning: '两次位置之间快过每小时 216 公里；后面两次吻合才采信。',
      remedy: '多为楼群里的漂移，可以不管。总是同一个人时，检查是否用了模拟定位。',
    },
    clockOff: {
      name: '设备时间不准',
      meaning: '设备时间与服务器相差一分钟以上，已按收到的时刻校正。',
      remedy: '在设备上打开“自动设置日期和时间”。',
    },
  } satisfies Record<FixRefusal | FixRemark, Reason>,
}
