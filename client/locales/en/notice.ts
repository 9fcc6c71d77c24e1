export const notice = { region: 'Notices', dismiss: 'Dismiss', number: 'Number {id}' }
