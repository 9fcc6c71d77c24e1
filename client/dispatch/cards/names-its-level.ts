/** Whether an area's own name says what it is: "岚溪街道" needs no further "街道". */
import type { Area } from '#contract/areas'
import { words } from '../../locales/zh-CN/words.ts'

/** Areas are named in Chinese whatever language the page is in. */
export const namesItsLevel = ({ name, level }: Pick<Area, 'name' | 'level'>): boolean =>
  name.endsWith(words.level[level])
