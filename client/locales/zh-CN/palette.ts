export const palette = {
  title: '搜索与命令',
  placeholder: '搜网格、人员、案件、楼栋或命令',
  commands: '命令',
  results: '结果',
  searching: '正在搜索…',
  nothing: '没有找到「{query}」。试试编号、姓名、楼栋名或案件标题。',
  count: '{n} 项',
  hint: '↑↓ 选 · ⏎ 打开 · Esc 关',
  failed: '搜索没有完成：{reason}',
}
export const keys = {
  title: '快捷键',
  intro: '单键在输入文字时不起作用。',
  areOn: '使用单键快捷键',
  areOnHint: '关掉后只保留 Ctrl/⌘ K、F6 和 Esc。',
  queueTitle: '在案件队列中',
  queueKeys: '↑ ↓ PgUp PgDn Home End 移动，⏎ 打开',
  splitterTitle: '在分隔条上',
  splitterKeys: '← → 调整宽度，Home 恢复默认',
  mapTitle: '在地图上',
  mapKeys: '← ↑ ↓ → 平移，+ − 缩放',
}
