export const notice = { region: '提示', dismiss: '知道了', number: '编号 {id}' }
