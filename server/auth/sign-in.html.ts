/** The two server-made pages of signing in: no script, one style sheet, both languages. */
import type { AccountRole } from '#contract/roles'
import { roleNames } from './role-names.ts'

/** For the refusals that a person may meet outside the console. */
const MESSAGES: Partial<Record<string, [string, string]>> = {
  link_spent: [
    '这个登录链接已经用过或过期了。请向管理员要一个新的。',
    'This sign-in link was used or has run out. Ask for a new one.',
  ],
  link_unknown: [
    '这里没有这个登录链接。请向管理员要一个新的。',
    'This sign-in link is not known here. Ask for a new one.',
  ],
  not_found: ['这里没有这个页面。', 'There is no such page here.'],
  wrong_origin: [
    '请求不是从本系统的页面发出的。请重新打开链接再试。',
    'This request did not come from our own pages. Open the link again.',
  ],
  too_many_requests: ['操作太频繁，请稍等片刻再试。', 'Too many requests. Please wait a little and try again.'],
  not_ready: ['系统暂时没有回应，请稍后再试。', 'The system is not answering. Please try again in a moment.'],
}
const OTHER: [string, string] = ['出了点问题，请返回重试。', 'Something went wrong. Please go back and try again.']

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)

const page = (content: string) => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>格邻 · 登录</title>
<link rel="icon" type="image/svg+xml" href="/gelin.svg"><link rel="stylesheet" href="/sign-in.css"></head>
<body><main><h1>格邻</h1>${content}</main></body></html>`

export const signInPage = (name: string, role: AccountRole) =>
  page(`<p>您将以 <strong><bdi>${escapeHtml(name)}</bdi></strong>（${roleNames[role]}）登录。</p>
<p lang="en">You are about to sign in. This link works once.</p>
<form method="post"><button type="submit" autofocus>登录 · Sign in</button></form>`)

/** `number` finds a fault in the server's log. */
export function messagePage(code: string, number?: string): string {
  const [chinese, english] = MESSAGES[code] ?? OTHER
  const quoted = number === undefined ? '' : `<p><code>${escapeHtml(number)}</code></p>`
  return page(`<p>${chinese}</p><p lang="en">${english}</p>${quoted}
<p><a href="/dispatch/">打开调度台 · Open the console</a></p>`)
}
