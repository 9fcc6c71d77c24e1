import type { Supervision } from '#contract/cases'
import type { StatusTone } from '../ui/StatusMark.vue'

/** 三色管理 in the one set of status marks: blue ◆ on time, yellow ▲ limit near, red ■ overdue. */
export const supervisionTone: Record<Supervision, StatusTone> = {
  onTime: 'active',
  nearLimit: 'warning',
  overdue: 'urgent',
}
