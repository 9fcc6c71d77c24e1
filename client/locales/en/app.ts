export const app = { name: 'Gelin', desk: 'Dispatch desk' }
