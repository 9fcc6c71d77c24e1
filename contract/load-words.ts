/** What a data load says, in both languages: reasons for refusing a row or a file, and notes on what was done. */
import type { LoadNote } from './loads.ts'

type Sentence = Readonly<Record<'zh-CN' | 'en', string>>

/** `{name}` is filled from the values that go with the code. */
export const loadWords = {
  // The file itself
  not_text: {
    'zh-CN': '这不是文本文件（看起来是{format}）。请导出为 CSV（UTF-8）或 GeoJSON 再载入。',
    en: 'This is not a text file (it looks like {format}). Export it as CSV (UTF-8) or GeoJSON and load that.',
  },
  encoding_unknown: {
    'zh-CN': '文字编码认不出来。请另存为 UTF-8 后再载入。',
    en: 'The text encoding could not be made out. Save the file as UTF-8 and load it again.',
  },
  file_empty: { 'zh-CN': '文件里没有数据行。', en: 'The file holds no rows.' },
  file_too_large: {
    'zh-CN': '文件超过 {megabytes} MB，请分成几份。',
    en: 'The file is over {megabytes} MB. Split it.',
  },
  json_broken: {
    'zh-CN': 'JSON 在第 {line} 行第 {column} 列读不下去：{detail}',
    en: 'The JSON cannot be read at line {line}, column {column}: {detail}',
  },
  not_geojson: {
    'zh-CN': '需要 GeoJSON 的 FeatureCollection、Feature 或几何，而这里是{found}。',
    en: 'A GeoJSON FeatureCollection, Feature or geometry is needed; this is {found}.',
  },
  crs_not_accepted: {
    'zh-CN': '坐标系是“{name}”。请转成 WGS-84（EPSG:4326）或 CGCS2000 经纬度（EPSG:4490）后再载入。',
    en: 'The coordinate system is "{name}". Convert to WGS-84 (EPSG:4326) or CGCS2000 degrees (EPSG:4490) first.',
  },
  csv_broken: {
    'zh-CN': 'CSV 在第 {line} 行附近读不下去：{detail}',
    en: 'The CSV cannot be read near line {line}: {detail}',
  },
  kind_unknown: {
    'zh-CN': '看不出文件里是什么。请指明种类（--as {kinds}）。',
    en: 'It is not clear what the file holds. Say it with --as {kinds}.',
  },
  kind_needs_places: {
    'zh-CN': '{kind} 需要 GeoJSON，不能从 CSV 载入。',
    en: '{kind} needs GeoJSON; it cannot come from CSV.',
  },
  level_unknown: {
    'zh-CN': '看不出是哪一级区域。请指明 --level street、community 或 grid。',
    en: 'It is not clear which level these areas are. Say --level street, community or grid.',
  },
  column_missing: {
    'zh-CN': '缺少必需的列：{field}（例如“{example}”）。列名不同时用 --map {field}=列名。',
    en: 'A needed column is missing: {field} (such as "{example}"). If it has another name: --map {field}=column.',
  },
  map_unreadable: {
    'zh-CN': '--map 写法是 字段=列名,字段=列名，“{part}”不是。',
    en: '--map is field=column,field=column; "{part}" is not.',
  },
  map_field_unknown: {
    'zh-CN': '{kind} 没有字段“{field}”。可用：{fields}。',
    en: '{kind} has no field "{field}". It has: {fields}.',
  },
  map_column_unknown: {
    'zh-CN': '文件里没有列“{column}”。有：{columns}。',
    en: 'The file has no column "{column}". It has: {columns}.',
  },
  time_zone_unknown: { 'zh-CN': '没有“{name}”这个时区。', en: 'There is no time zone "{name}".' },

  // A row and its columns
  row_ragged: {
    'zh-CN': '这一行有 {found} 列，表头有 {expected} 列。',
    en: 'This row has {found} columns where the header has {expected}.',
  },
  value_missing: { 'zh-CN': '不能为空。', en: 'It must not be empty.' },
  text_too_long: { 'zh-CN': '长 {length} 个字，最多 {max} 个。', en: 'It is {length} characters long; at most {max}.' },
  number_unreadable: { 'zh-CN': '“{value}”不是数。', en: '"{value}" is not a number.' },
  number_out_of_range: { 'zh-CN': '{value} 不在 {min} 到 {max} 之间。', en: '{value} is not from {min} to {max}.' },
  choice_unknown: {
    'zh-CN': '不认得“{value}”。可用：{choices}。',
    en: '"{value}" is not known. Use one of: {choices}.',
  },
  phone_unreadable: {
    'zh-CN': '“{value}”不是电话号码。若是表格软件把长数字改了样，请把该列设为文本。',
    en: '"{value}" is not a phone number. If a spreadsheet reshaped it, set that column to text.',
  },
  code_unusable: {
    'zh-CN': '编码“{value}”只能用字母、数字和 - _ .，最长 40。',
    en: 'The code "{value}" may hold letters, digits and - _ . only, at most 40.',
  },
  code_twice: {
    'zh-CN': '编码“{code}”在第 {first} 行已经有了。',
    en: 'The code "{code}" is already on row {first}.',
  },
  date_unreadable: {
    'zh-CN': '“{value}”不是能认得的时间。可用如 2025-03-14 01:20、3/14/2025 1:20、2025年3月14日。',
    en: '"{value}" is not a time that can be read. Use 2025-03-14 01:20 or 3/14/2025 1:20 PM.',
  },
  date_impossible: { 'zh-CN': '没有“{value}”这一天或这个时刻。', en: 'There is no such day or time as "{value}".' },
  date_skipped: {
    'zh-CN': '{zone} 的钟在“{value}”被拨快跳过，没有这个时刻。',
    en: 'Clocks in {zone} skipped "{value}"; there was no such time.',
  },
  hours_unreadable: {
    'zh-CN': '开放时间“{value}”读不懂。写法如 周一至周五 08:30-17:30;周六 09:00-12:00。',
    en: 'The hours "{value}" cannot be read. Write Mo-Fr 08:30-17:30; Sa 09:00-12:00.',
  },
  closed_needs_time: {
    'zh-CN': '案件已结案，但没有结案时间。',
    en: 'The case is closed, but there is no closing time.',
  },
  area_unknown: {
    'zh-CN': '没有区域“{value}”。请先载入区域，或改正编码。',
    en: 'There is no area "{value}". Load the areas first, or correct the code.',
  },
  area_ambiguous: {
    'zh-CN': '叫“{value}”的区域不止一个，请写编码。',
    en: 'More than one area is called "{value}". Give its code.',
  },
  parent_level_wrong: {
    'zh-CN': '上级“{value}”的级别不比它高。',
    en: 'The parent "{value}" is not of a higher level.',
  },
  member_unknown: {
    'zh-CN': '没有人员“{value}”。请先载入人员，或写编号。',
    en: 'There is no member "{value}". Load the members first, or give the code.',
  },
  member_ambiguous: {
    'zh-CN': '叫“{value}”的人员不止一个，请写编号或电话。',
    en: 'More than one member is called "{value}". Give the code or phone.',
  },
  building_unknown: { 'zh-CN': '没有楼栋“{value}”。', en: 'There is no building "{value}".' },
  point_unknown: { 'zh-CN': '没有服务点“{value}”。', en: 'There is no service point "{value}".' },
  post_needs_area: {
    'zh-CN': '岗位“{value}”没有写属于哪个区域。',
    en: 'The post "{value}" does not say which area it is for.',
  },
  lists_uneven: {
    'zh-CN': '{posts} 个岗位对不上 {areas} 个区域。写一样多，或只写一个区域。',
    en: '{posts} posts do not pair with {areas} areas. Give as many, or one area for all.',
  },
  team_empty: { 'zh-CN': '队伍“{value}”没有队员。', en: 'The team "{value}" has no members.' },
  rows_disagree: {
    'zh-CN': '与第 {first} 行是同一个“{value}”，但{field}不一样。',
    en: 'This is the same "{value}" as on row {first}, but its {field} differs.',
  },

  // A place
  geometry_missing: { 'zh-CN': '没有几何。', en: 'There is no geometry.' },
  geometry_empty: { 'zh-CN': '几何是空的。', en: 'The geometry is empty.' },
  geometry_type_unknown: {
    'zh-CN': '不认得的几何类型“{type}”。',
    en: 'The geometry type "{type}" is not known.',
  },
  geometry_type_wrong: {
    'zh-CN': '这里需要{needed}，而这是 {type}。',
    en: '{needed} is needed here; this is a {type}.',
  },
  collection_nested: {
    'zh-CN': 'GeometryCollection 里又套着 GeometryCollection。请拆开。',
    en: 'A GeometryCollection inside a GeometryCollection. Take it apart.',
  },
  collection_mixed: {
    'zh-CN': 'GeometryCollection 里混着不同种类的几何。请拆成几个要素。',
    en: 'The GeometryCollection mixes kinds of geometry. Make them features of their own.',
  },
  coordinates_missing: { 'zh-CN': '没有 coordinates 数组。', en: 'There is no coordinates array.' },
  position_unreadable: {
    'zh-CN': '这里应是 [经度, 纬度] 两个数。',
    en: 'Two numbers [longitude, latitude] are needed here.',
  },
  position_zero: {
    'zh-CN': '坐标是 0,0，那是没有填。不知道位置就两格都留空。',
    en: 'The place is 0,0, which means it was never filled in. Leave both empty when it is not known.',
  },
  position_half: { 'zh-CN': '经度和纬度只有一个。', en: 'Only one of longitude and latitude is given.' },
  out_of_bounds: {
    'zh-CN': '{longitude}, {latitude} 不是经纬度（经度 ±180，纬度 ±90）。若是米制坐标，请先转成经纬度。',
    en: '{longitude}, {latitude} are no degrees (longitude ±180, latitude ±90). If they are metres, convert them first.',
  },
  axis_swapped: {
    'zh-CN': '{longitude}, {latitude} 看来把纬度写在了经度前面。GeoJSON 的次序是 [经度, 纬度]；请在源文件里对调。',
    en: '{longitude}, {latitude} look like latitude before longitude. The order is [longitude, latitude]; swap them in the source.',
  },
  crosses_antimeridian: {
    'zh-CN': '跨过了 180° 经线。请在那里断成两块。',
    en: 'It crosses the 180th meridian. Split it there.',
  },
  too_many_vertices: {
    'zh-CN': '有 {count} 个点，一个要素最多 {max} 个。请先简化。',
    en: 'It has {count} vertices; one feature may have {max}. Simplify it first.',
  },
  line_too_short: { 'zh-CN': '线至少要有 2 个不同的点。', en: 'A line needs at least 2 different positions.' },
  ring_too_short: {
    'zh-CN': '环至少要有 4 个点（首尾相同），去掉重复后只有 {count} 个。',
    en: 'A ring needs at least 4 positions (the first again at the end); without repeats it has {count}.',
  },
  ring_open: {
    'zh-CN': '环没有闭合：终点与起点不同。',
    en: 'The ring is not closed: its last position differs from its first.',
  },
  ring_flat: { 'zh-CN': '环的所有点在一条线上，没有面积。', en: 'The ring lies on one line and has no area.' },
  hole_outside: { 'zh-CN': '洞在外环之外。', en: 'The hole lies outside its outer ring.' },
  crosses_itself: {
    'zh-CN': '边界在 {longitude}, {latitude} 附近自相交。',
    en: 'The border crosses itself near {longitude}, {latitude}.',
  },
  shape_invalid: { 'zh-CN': '形状不成立：{detail}。', en: 'The shape is not valid: {detail}.' },

  // Notes
  kind_guessed: {
    'zh-CN': '按{by}看作：{kind}。',
    en: 'Taken as {kind}, by its {by}.',
  },
  encoding_found: { 'zh-CN': '文字编码：{encoding}。', en: 'Text encoding: {encoding}.' },
  columns_found: { 'zh-CN': '列：{columns}。', en: 'Columns: {columns}.' },
  columns_unused: { 'zh-CN': '没有用到的列：{columns}。', en: 'Columns not used: {columns}.' },
  datum_converted: {
    'zh-CN': '坐标已从 {datum} 转成 WGS-84。',
    en: 'Places were converted from {datum} to WGS-84.',
  },
  heights_dropped: {
    'zh-CN': '{count} 个要素的高程（第三个数）已略去。',
    en: 'The third number of positions was dropped in {count} features.',
  },
  repeats_dropped: {
    'zh-CN': '略去了 {count} 个重复的相邻点。',
    en: '{count} repeated neighbouring positions were dropped.',
  },
  winding_mended: {
    'zh-CN': '改正了 {count} 个要素的环的方向。',
    en: 'The winding of rings was mended in {count} features.',
  },
  nul_dropped: { 'zh-CN': '略去了 {count} 个 NUL 字符。', en: '{count} NUL characters were dropped.' },
  left_out: { 'zh-CN': '略过 {count} 个（{what}）。', en: '{count} left out: {what}.' },
  refused_left_out: { 'zh-CN': '不合格的 {count} 行没有载入。', en: '{count} refused rows were left out.' },
  not_on_map: { 'zh-CN': '{count} 行没有坐标，不在地图上。', en: '{count} rows have no place and are not on the map.' },
  outside_every_grid: {
    'zh-CN': '{count} 行的坐标不在任何网格内。',
    en: '{count} rows lie outside every grid.',
  },
  hours_absent: { 'zh-CN': '{count} 个服务点没有开放时间。', en: '{count} service points have no opening hours.' },
  status_unknown: {
    'zh-CN': '不认得的状态“{value}”：{count} 件按受理处理。',
    en: 'The status "{value}" is not known: {count} cases were taken as accepted.',
  },
  kind_taken_as: {
    'zh-CN': '类型“{value}”不认得：{count} 个按{kind}处理。',
    en: 'The kind "{value}" is not known: {count} were taken as {kind}.',
  },
  departments_added: {
    'zh-CN': '新增责任单位 {count} 个：{names}。',
    en: '{count} departments were added: {names}.',
  },
  department_unknown: {
    'zh-CN': '没有责任单位“{value}”：{count} 件没有责任单位。',
    en: 'There is no department "{value}": {count} cases have none.',
  },
  branches_added: { 'zh-CN': '新增党支部 {count} 个。', en: '{count} branches were added.' },
  parents_found: {
    'zh-CN': '按位置给 {count} 个区域找到了上级。',
    en: 'The parent of {count} areas was found by place.',
  },
  reattributed: {
    'zh-CN': '重新归属网格：{count} 行。',
    en: '{count} rows were given their grid anew.',
  },
  attribution_kept: { 'zh-CN': '地图上会注明来源：{text}。', en: 'The map will name its source: {text}.' },

  // Outcomes
  load_done: {
    'zh-CN': '载入完成：新增 {added}，改动 {changed}，不变 {unchanged}。',
    en: 'Loaded: {added} added, {changed} changed, {unchanged} unchanged.',
  },
  load_refused: {
    'zh-CN': '没有载入：{count} 处有问题，什么都没有改动。',
    en: 'Not loaded: {count} refused, nothing was changed.',
  },
  load_cancelled: { 'zh-CN': '已取消，什么都没有改动。', en: 'Cancelled; nothing was changed.' },
  load_broken_off: {
    'zh-CN': '载入中断，什么都没有改动。请再载入一次。',
    en: 'The load broke off; nothing was changed. Load the file again.',
  },
} as const satisfies Record<string, Sentence>

export type LoadWord = keyof typeof loadWords
export type LoadLocale = keyof Sentence

/** The sentence of a note or a refused row. A code that is not known here (a newer server) stands for itself. */
export function loadSentence(note: LoadNote, locale: LoadLocale): string {
  const sentence = Object.hasOwn(loadWords, note.code) ? loadWords[note.code as LoadWord][locale] : note.code
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(note.values[name] ?? ''))
}
