/** Under which class of the tables each matter of residents is filed. */
import type { ResidentMatter } from '#contract/resident'

/** The words on the case, and the key of its class; null = to be classified by whoever accepts it. */
export const filedAs: Record<ResidentMatter, { title: string; categoryKey: string | null }> = {
  rubbish: { title: '垃圾杂物', categoryKey: 'GB/T 47678.5/管理事项/06010' },
  streetLight: { title: '路灯坏了', categoryKey: 'GB/T 47678.5/管理事项/01037' },
  manhole: { title: '井盖路面', categoryKey: 'GB/T 47678.5/管理事项/01023' },
  leak: { title: '漏水停水', categoryKey: null },
  noise: { title: '噪声扰民', categoryKey: 'GB/T 47678.5/管理事项/06028' },
  parking: { title: '乱停车', categoryKey: null },
  fireLane: { title: '消防通道', categoryKey: 'GB/T 47678.5/管理事项/09012' },
  other: { title: '其他问题', categoryKey: null },
}
