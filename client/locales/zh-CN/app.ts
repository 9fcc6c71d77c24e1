export const app = { name: '格邻', desk: '调度台' }
