/**
 * The names files use for our fields, in the order in which they are believed: the first filled one wins.
 * Compared without case, blanks and punctuation. A new name is a line here and nowhere else.
 */
import type { LoadKind } from '#contract/loads'

export interface FieldNames {
  names: readonly string[]
  /** A file of this kind cannot do without it. */
  isRequired?: true
  /** How strongly this column speaks for the kind when the kind is guessed. */
  tells?: number
}
type FieldsOf = Readonly<Record<string, FieldNames>>

const code = { names: ['编号', '编码', '代码', 'code', 'no', 'number'] }
const phone = {
  names: ['电话', '联系电话', '手机', '手机号', '手机号码', '联系方式', 'phone', 'mobile', 'tel', 'telephone'],
}
const address = { names: ['地址', '详细地址', '位置', 'address', 'addr', 'addr:full'] }
const longitude = { names: ['经度', 'longitude', 'lon', 'lng', 'long', 'x'] }
const latitude = { names: ['纬度', 'latitude', 'lat', 'y'] }
const areaNames = [
  '网格编码',
  '网格编号',
  '网格代码',
  '网格',
  '所属网格',
  '责任网格',
  '区域编码',
  '所属区域',
  '区域',
  '社区编码',
  '社区',
  '所属社区',
  '街道',
  'grid code',
  'grid',
  'area code',
  'area',
  'community',
  'street',
]
const branch = { names: ['党支部', '所属党支部', '支部', 'branch', 'party branch'] }

export const columnNames = {
  areas: {
    code: {
      names: [
        '网格编码',
        '网格编号',
        '社区编码',
        '街道编码',
        '区划代码',
        '区域编码',
        ...code.names,
        'adcode',
        'feature:id',
        'id',
      ],
    },
    name: { names: ['网格名称', '社区名称', '街道名称', '区域名称', '名称', 'name:zh', 'name', 'title'] },
    parent: { names: ['上级', '上级编码', '上级区域', '所属社区', '所属街道', 'parent', 'parent code', 'parent id'] },
    level: { names: ['级别', '层级', 'level'] },
    households: { names: ['户数', '住户数', 'households'] },
    branch,
  },
  buildings: {
    code: { names: ['楼栋编码', '楼栋编号', '楼栋代码', '建筑编码', ...code.names] },
    name: { names: ['楼栋名称', '楼栋', '楼名', '建筑名称', '名称', 'name:zh', 'name', 'building name'], tells: 1 },
    estate: { names: ['小区', '小区名称', '所属小区', 'estate'], tells: 1 },
    address,
    street: { names: ['addr street', 'addr:street'] },
    houseNumber: { names: ['门牌号', 'addr housenumber', 'addr:housenumber'] },
    kind: { names: ['建筑类型', '类型', 'kind detail', 'building', 'kind'] },
    floors: { names: ['层数', '楼层', '楼层数', 'floors', 'levels', 'building:levels'], tells: 2 },
    height: { names: ['高度', '楼高', '高度(米)', 'height', 'height metres'], tells: 2 },
    households: { names: ['户数', '住户数', 'households'], tells: 1 },
    longitude,
    latitude,
    sourceId: { names: ['feature:id', 'id', 'osm id'] },
    feature: { names: ['kind'] },
    isLabel: { names: ['label placement'] },
  },
  base: {
    code: { names: ['编码', '编号', 'code'] },
    kind: {
      names: ['kind', '类型', '种类', 'highway', 'natural', 'landuse', 'leisure', 'waterway', 'railway'],
      isRequired: true,
    },
    detail: { names: ['kind detail', 'fclass', 'subtype'] },
    name: { names: ['名称', 'name:zh', 'name'] },
    isBridge: { names: ['is bridge', 'bridge', '桥'] },
    isTunnel: { names: ['is tunnel', 'tunnel', '隧道'] },
    foot: { names: ['foot', 'walkable', '步行'] },
    access: { names: ['access', '通行'] },
    isLabel: { names: ['label placement'] },
    isOutline: { names: ['boundary'] },
    sourceId: { names: ['feature:id', 'id', 'osm id'] },
  },
  members: {
    code: { names: ['人员编号', '人员编码', '工号', '身份编号', 'member code', 'staff no', ...code.names] },
    name: { names: ['姓名', '人员姓名', 'name', 'full name', '名字'], isRequired: true, tells: 2 },
    phone: { ...phone, tells: 1 },
    badge: { names: ['证号', '胸牌号', '工牌号', '工牌', 'badge'], tells: 1 },
    isPartyMember: { names: ['党员', '是否党员', '政治面貌', 'party member', 'is party member'], tells: 2 },
    branch: { ...branch, tells: 1 },
    skills: { names: ['技能', '特长', '专长', 'skills', 'skill'], tells: 2 },
    posts: { names: ['岗位', '职务', '职责', '担任岗位', 'post', 'posts', 'duty'], tells: 3 },
    areas: { names: areaNames },
    building: { names: ['楼栋编码', '楼栋', '负责楼栋', 'building', 'building code'] },
    point: { names: ['服务点编码', '服务点', 'service point', 'service point code'] },
    isActive: { names: ['在岗', '是否在岗', '状态', 'active', 'is active'] },
  },
  teams: {
    code: { names: ['队伍编号', '队伍编码', 'team code', ...code.names] },
    name: {
      names: ['队伍名称', '队伍', '服务队', '服务队名称', '巡逻队', 'team name', 'team', '名称', 'name'],
      isRequired: true,
    },
    kind: { names: ['队伍类型', '队伍类别', '类型', '类别', 'team kind', 'kind', 'type'] },
    area: { names: areaNames, isRequired: true },
    leader: { names: ['队长', '负责人', 'leader', 'team leader'], tells: 3 },
    members: { names: ['队员', '成员', '队员名单', '成员名单', 'members', 'member'], isRequired: true, tells: 3 },
  },
  servicePoints: {
    code: { names: ['服务点编号', '服务点编码', 'point code', ...code.names] },
    name: { names: ['服务点名称', '服务点', '站点名称', '名称', 'name:zh', 'name', 'title'], isRequired: true },
    kind: { names: ['服务点类型', '站点类型', '类型', '类别', 'kind', 'type'] },
    address,
    phone,
    services: { names: ['服务事项', '服务内容', '服务项目', '服务', 'services'], tells: 2 },
    hours: { names: ['开放时间', '服务时间', '营业时间', '办公时间', '工作时间', 'opening hours', 'hours'], tells: 3 },
    longitude: { ...longitude, tells: 1 },
    latitude: { ...latitude, tells: 1 },
    sourceId: { names: ['feature:id', 'id', 'osm id'] },
  },
  departments: {
    code: { names: ['单位编码', '单位编号', '单位代码', '部门编码', '部门编号', 'department code', ...code.names] },
    name: {
      names: [
        '责任单位',
        '单位名称',
        '部门名称',
        '责任部门',
        '部门',
        '单位',
        'department',
        'department name',
        '名称',
        'name',
      ],
      isRequired: true,
      tells: 1,
    },
    phone,
  },
  cases: {
    code: {
      names: [
        '案件编号',
        '工单编号',
        '任务号',
        '受理编号',
        'unique key',
        'case id',
        'case number',
        'service request number',
        'service_request_id',
        ...code.names,
        'feature:id',
      ],
    },
    title: { names: ['案件标题', '标题', '事项名称', 'title', 'subject', 'summary'] },
    text: { names: ['问题描述', '案件描述', '内容', '描述', '诉求内容', 'description', 'details', 'text'] },
    category: {
      names: [
        '案件类型',
        '小类',
        '小类名称',
        '类别',
        '分类',
        '问题类型',
        'complaint type',
        'problem (formerly complaint type)',
        'service name',
        'category',
        'type',
      ],
      tells: 2,
    },
    categoryCode: { names: ['类别编码', '小类编码', '小类代码', 'category code', 'service_code'] },
    descriptor: { names: ['descriptor', 'problem detail (formerly descriptor)', '细类'], tells: 2 },
    reportedAt: {
      names: [
        '上报时间',
        '受理时间',
        '创建时间',
        '发现时间',
        '来电时间',
        'created date',
        'created at',
        'reported at',
        'requested_datetime',
        'open date',
      ],
      isRequired: true,
      tells: 3,
    },
    closedAt: { names: ['结案时间', '办结时间', '关闭时间', 'closed date', 'closed at', 'close date'], tells: 2 },
    updatedAt: { names: ['更新时间', 'resolution action updated date', 'updated at', 'updated_datetime'] },
    dueAt: {
      names: ['处置截止时间', '截止时间', '办理期限', '到期时间', 'due date', 'due at', 'expected_datetime'],
      tells: 1,
    },
    status: { names: ['状态', '案件状态', '阶段', '环节', 'status', 'stage'], tells: 1 },
    priority: { names: ['紧急程度', '优先级', 'priority'] },
    source: { names: ['案件来源', '问题来源', '来源', 'source', 'open data channel type'] },
    address: { names: ['事发地址', '案发地址', '事发地点', ...address.names, 'incident address'], tells: 1 },
    departmentCode: { names: ['责任单位编码', '部门编码', 'department code', 'agency', 'agency_responsible'] },
    department: { names: ['责任单位', '处置单位', '承办单位', '责任部门', 'department', 'agency name'] },
    reporterName: { names: ['上报人', '举报人', '来电人', '诉求人', 'reporter', 'reporter name'] },
    reporterPhone: { names: ['上报人电话', '来电号码', '联系电话', 'reporter phone'] },
    area: { names: ['网格编码', '网格编号', '网格代码', 'grid code', 'area code'] },
    longitude,
    latitude,
  },
} as const satisfies Record<LoadKind, FieldsOf>

export type FieldOf<Kind extends LoadKind> = keyof (typeof columnNames)[Kind] & string

/** A column name without what people vary: case, full width, blanks and punctuation. */
export const plainName = (name: string) =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
