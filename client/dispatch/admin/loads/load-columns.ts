/**
 * The columns a file of each kind has, as the help shows them and as the example file holds them. The reader knows
 * more names (geodata/import/column-names.ts); a test holds that it understands every one of these.
 */
import type { LoadKind } from '#contract/loads'

type Both = Readonly<Record<'zh-CN' | 'en', string>>

export interface LoadColumn {
  /** The field it fills, as a mapping names it. */
  field: string
  name: Both
  example: Both
  isRequired?: true
  hint?: Both
}

const both = (chinese: string, english: string = chinese): Both => ({ 'zh-CN': chinese, en: english })
const longitude: LoadColumn = { field: 'longitude', name: both('经度', 'longitude'), example: both('114.0312') }
const latitude: LoadColumn = { field: 'latitude', name: both('纬度', 'latitude'), example: both('22.7105') }
const list = both('多个用顿号或分号隔开', 'several parted by semicolons')

/** Kinds that need shapes come as GeoJSON; their columns are the features' properties. */
export const geoJsonKinds: ReadonlySet<LoadKind> = new Set(['areas', 'base', 'buildings'])

export const loadColumns: Readonly<Record<LoadKind, readonly LoadColumn[]>> = {
  areas: [
    {
      field: 'code',
      name: both('网格编码', 'code'),
      example: both('440311001001001'),
      hint: both('15 位编码能看出上级', 'a 15-digit code tells its parents'),
    },
    { field: 'name', name: both('名称', 'name'), example: both('光明一格', 'Guangming 1') },
    {
      field: 'level',
      name: both('级别', 'level'),
      example: both('网格', 'grid'),
      hint: both('街道、社区、网格；整个文件同级时在选项里选', 'street, community or grid; or choose one for the file'),
    },
    {
      field: 'parent',
      name: both('上级编码', 'parent'),
      example: both('440311001001'),
      hint: both('没有时按编码或位置找', 'without it: by code or by place'),
    },
    { field: 'households', name: both('户数', 'households'), example: both('320') },
    { field: 'branch', name: both('党支部', 'branch'), example: both('光明第一党支部', 'Guangming branch 1') },
  ],
  base: [
    {
      field: 'kind',
      name: both('类型', 'kind'),
      example: both('water'),
      isRequired: true,
      hint: both(
        '水系、绿地、道路、铁路，或 OpenStreetMap 的标签值',
        'water, green, roads, rail, or OpenStreetMap values',
      ),
    },
    { field: 'name', name: both('名称', 'name'), example: both('茅洲河', 'Maozhou River') },
  ],
  buildings: [
    { field: 'code', name: both('楼栋编码', 'code'), example: both('B-0001') },
    { field: 'name', name: both('楼栋名称', 'name'), example: both('1 号楼', 'Building 1') },
    { field: 'estate', name: both('小区', 'estate'), example: both('澜庭苑', 'Lanting Court') },
    { field: 'address', name: both('地址', 'address'), example: both('光明大道 1 号', '1 Guangming Avenue') },
    { field: 'floors', name: both('层数', 'floors'), example: both('18') },
    { field: 'households', name: both('户数', 'households'), example: both('72') },
    { ...longitude, hint: both('没有轮廓、用 CSV 时填', 'for a CSV of points') },
    latitude,
  ],
  members: [
    { field: 'code', name: both('人员编号', 'member code'), example: both('R-0001') },
    { field: 'name', name: both('姓名', 'name'), example: both('林静', 'Lin Jing'), isRequired: true },
    { field: 'phone', name: both('电话', 'phone'), example: both('13800001234') },
    { field: 'badge', name: both('工牌', 'badge'), example: both('0412') },
    { field: 'isPartyMember', name: both('党员', 'party member'), example: both('是', 'yes') },
    {
      field: 'posts',
      name: both('岗位', 'posts'),
      example: both('网格员、信息员', 'gridMember; informant'),
      hint: list,
    },
    {
      field: 'areas',
      name: both('网格编码', 'grid code'),
      example: both('440311001001001'),
      hint: both('一个管所有岗位，或与岗位一样多', 'one for all posts, or one a post'),
    },
    { field: 'skills', name: both('技能', 'skills'), example: both('水管维修、急救', 'plumber; firstAid'), hint: list },
  ],
  teams: [
    { field: 'code', name: both('队伍编号', 'team code'), example: both('T-01') },
    {
      field: 'name',
      name: both('队伍名称', 'team name'),
      example: both('红小二一队', 'Service team 1'),
      isRequired: true,
    },
    { field: 'kind', name: both('队伍类型', 'team kind'), example: both('服务队', 'service') },
    { field: 'area', name: both('网格编码', 'grid code'), example: both('440311001001001'), isRequired: true },
    {
      field: 'leader',
      name: both('队长', 'leader'),
      example: both('R-0001'),
      hint: both('编号、电话或姓名', 'code, phone or name'),
    },
    {
      field: 'members',
      name: both('队员', 'members'),
      example: both('R-0002、R-0003', 'R-0002; R-0003'),
      isRequired: true,
      hint: list,
    },
  ],
  servicePoints: [
    { field: 'code', name: both('服务点编号', 'point code'), example: both('S-01') },
    {
      field: 'name',
      name: both('服务点名称', 'name'),
      example: both('光明驿站', 'Guangming station'),
      isRequired: true,
    },
    { field: 'kind', name: both('服务点类型', 'kind'), example: both('党群服务驿站', 'station') },
    { field: 'address', name: both('地址', 'address'), example: both('光明大道 3 号', '3 Guangming Avenue') },
    { field: 'phone', name: both('电话', 'phone'), example: both('0755-12345678') },
    {
      field: 'services',
      name: both('服务事项', 'services'),
      example: both('饮水、充电、调解', 'water; charging'),
      hint: list,
    },
    {
      field: 'hours',
      name: both('开放时间', 'opening hours'),
      example: both('周一至周五 08:30-17:30;周六 09:00-12:00', 'Mo-Fr 08:30-17:30; Sa 09:00-12:00'),
    },
    longitude,
    latitude,
  ],
  departments: [
    { field: 'code', name: both('单位编码', 'department code'), example: both('D-01') },
    {
      field: 'name',
      name: both('单位名称', 'department name'),
      example: both('城管中队', 'City management'),
      isRequired: true,
    },
    { field: 'phone', name: both('电话', 'phone'), example: both('0755-12345679') },
  ],
  cases: [
    { field: 'code', name: both('案件编号', 'case number'), example: both('2026-000001') },
    { field: 'title', name: both('标题', 'title'), example: both('楼道堆物', 'Stairway blocked') },
    {
      field: 'text',
      name: both('问题描述', 'description'),
      example: both('三楼消防通道堆放纸箱', 'Boxes on the fire stairs'),
    },
    { field: 'category', name: both('小类名称', 'category'), example: both('占道堆物', 'Blocked way') },
    {
      field: 'reportedAt',
      name: both('上报时间', 'reported at'),
      example: both('2026-11-20 09:30'),
      isRequired: true,
      hint: both('没有时区时按选项里的时区', 'without an offset: the zone chosen in the options'),
    },
    { field: 'dueAt', name: both('截止时间', 'due at'), example: both('2026-11-21 18:00') },
    { field: 'closedAt', name: both('结案时间', 'closed at'), example: both('') },
    { field: 'status', name: both('案件状态', 'status'), example: both('处置', 'handle') },
    { field: 'priority', name: both('紧急程度', 'priority'), example: both('一般', 'normal') },
    { field: 'source', name: both('案件来源', 'source'), example: both('居民上报', 'resident') },
    { field: 'department', name: both('责任单位', 'department'), example: both('城管中队', 'City management') },
    { field: 'address', name: both('事发地址', 'address'), example: both('澜庭苑 3 栋', 'Lanting Court 3') },
    longitude,
    latitude,
  ],
}
