/** Words files use for members of our closed sets, in both languages. A new word is a line here. */
import type { AreaLevel } from '#contract/areas'
import type { CaseStage, casePriorities, caseSources } from '#contract/cases'
import type { Post, Skill, teamKinds } from '#contract/members'
import type { ServicePointKind } from '#contract/service-points'
import { plainName } from './column-names.ts'
import { Refused } from './refused.ts'

type Words<Key extends string> = Readonly<Record<Key, readonly string[]>>

export const levelWords: Words<AreaLevel> = {
  street: ['街道', '镇', '乡', '街镇', 'town', 'subdistrict'],
  community: ['社区', '村', '居委会', '村居', 'village', 'neighbourhood', 'neighborhood'],
  grid: ['网格', '责任网格', '单元网格', 'cell'],
}

export const postWords: Words<Post> = {
  streetDirector: ['值班主任', '街道主任', '街道书记', '街道负责人'],
  communitySecretary: ['党委书记', '社区书记', '社区党委书记', '社区负责人'],
  gridLeader: ['网格长', '总网格长'],
  gridMember: ['网格员', '专职网格员', '兼职网格员'],
  police: ['警长', '网格警长', '社区民警', '民警'],
  partyGroupLeader: ['党小组长'],
  informant: ['信息员'],
  security: ['治安联保员', '治安员'],
  sanitation: ['环卫监督员', '环卫员'],
  civilAffairs: ['民政助理员', '民政员'],
  buildingHead: ['楼栋长', '楼长', '单元长'],
  memberHousehold: ['党员中心户', '中心户'],
  pointStaff: ['服务点值守员', '服务点工作人员', '值守员', '服务点人员'],
}

export const skillWords: Words<Skill> = {
  plumber: ['水管维修', '水管工', '管道工', '水工', '水暖', '管道疏通'],
  electrician: ['电工', '电路维修', '水电工'],
  mediator: ['矛盾调解', '调解', '调解员'],
  firstAid: ['急救', '急救员', '医疗', '护理'],
  locksmith: ['开锁', '锁匠'],
  carpenter: ['木工', '木匠'],
  appliance: ['家电维修', '家电'],
  care: ['照护', '养老照护', '陪护', '养老'],
  legal: ['法律咨询', '法律', '律师'],
  counsel: ['心理疏导', '心理咨询', '心理'],
  interpreter: ['翻译', '外语'],
  barber: ['理发', '理发师'],
}

export const servicePointWords: Words<ServicePointKind> = {
  centre: ['党群服务中心', '中心', '服务中心', 'center'],
  station: ['党群服务驿站', '驿站', '党群服务站', '服务站', '站'],
  microComplex: ['微综合体', '小区微综合体', '综合体'],
  mediationRoom: ['调解室', '矛盾调解室', '人民调解室'],
}

export const teamWords: Words<(typeof teamKinds)[number]> = {
  service: ['服务队', '红小二', '志愿服务队', '志愿队'],
  patrol: ['巡逻队', '红袖标', '巡防队', '巡逻'],
}

export const stageWords: Words<CaseStage> = {
  accept: ['受理', '待受理', '已受理', '上报', '新建', 'open', 'new', 'pending', 'unspecified', 'draft', 'received'],
  verify: ['核实', '待核实'],
  file: ['立案', '待立案', '已立案'],
  dispatch: ['派遣', '待派遣', '已派遣', '派单', 'assigned'],
  handle: ['处置', '处置中', '处理中', '待处置', '办理中', '待办', 'in progress', 'started', 'in review'],
  check: ['核查', '待核查', '待复核', '反馈'],
  closed: [
    '结案',
    '已结案',
    '办结',
    '已办结',
    '关闭',
    '已关闭',
    '完成',
    '已完成',
    'close',
    'resolved',
    'completed',
    'closed - testing',
    'cancel',
    'cancelled',
    'canceled',
  ],
}

export const sourceWords: Words<(typeof caseSources)[number]> = {
  resident: ['居民上报', '居民', '群众', '市民', '随手拍', 'mobile', 'online'],
  patrol: ['巡查上报', '巡查', '巡逻'],
  member: ['网格员上报', '网格员'],
  hotline: ['热线来电', '热线', '12345', '电话', 'phone'],
  sensor: ['物联感知', '传感器', '物联网'],
  video: ['视频发现', '视频', '监控'],
  superior: ['上级交办', '上级', '交办'],
  import: ['数据导入', '导入', 'other', 'unknown'],
}

export const priorityWords: Words<(typeof casePriorities)[number]> = {
  urgent: ['紧急', '特急', '一级'],
  high: ['较急', '高', '加急', '二级'],
  normal: ['一般', '普通', '中', '三级', 'medium'],
  low: ['较缓', '低', '四级'],
}

/** A reader of one closed set: the key itself or any of its words. Null when it is none of them. */
export function createChoice<Key extends string>(words: Words<Key>): (value: string) => Key | null {
  const keys = new Map<string, Key>()
  for (const key of Object.keys(words) as Key[]) for (const word of [key, ...words[key]]) keys.set(plainName(word), key)
  return (value) => keys.get(plainName(value)) ?? null
}

/** The same, but refusing with the words that would do. */
export function createStrictChoice<Key extends string>(words: Words<Key>): (value: string) => Key {
  const choose = createChoice(words)
  const choices = (Object.keys(words) as Key[]).map((key) => words[key][0] ?? key).join(', ')
  return (value) => {
    const key = choose(value)
    if (key === null) throw new Refused('choice_unknown', { value: value.slice(0, 60), choices })
    return key
  }
}
