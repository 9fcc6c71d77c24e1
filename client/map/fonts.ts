/**
 * Fonts of the map's letters: the machine's own, drawn in the browser. The library takes the weight from the first
 * name, so the bold stack begins with a name that only says so.
 */
const system = ['PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'sans-serif']
export const regular = system
export const bold = ['Gelin Bold', ...system]
