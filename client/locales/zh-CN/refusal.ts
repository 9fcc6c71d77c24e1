/** What a person reads when the system declines; says what to do. */
import type { RefusalCode } from '#contract/errors'

export const refusal = {
  bad_input: '填写有误，请改正后再提交。',
  bad_file: '文件读不出来，请检查格式后再试。',
  too_large: '内容太大，请减小后再试。',
  not_signed_in: '登录已结束，请重新登录。',
  session_locked: '离开时间较长，屏幕已锁定，请解锁。',
  sign_in_failed: '登录名或密码不对，请核对后再试。',
  link_spent: '登录链接已用过或已过期，请索取新链接。',
  link_unknown: '这里不认得这个登录链接，请索取新链接。',
  wrong_origin: '请求不是从本系统的页面发出的，请从本页面重试。',
  not_allowed: '您的角色没有这项权限，如有需要请联系管理员。',
  reason_needed: '查看这项内容需要填写理由。',
  not_found: '没有找到，或不在您的管辖范围内。',
  already_exists: '已经有同样的记录，请改用其他名称或编号。',
  version_conflict: '别人刚刚改过，请核对最新内容后再提交。',
  call_taken: '这个呼叫已有人接了。',
  call_over: '这个呼叫已结束，或已转给别人。',
  key_reused: '这次提交与之前的不一致，请重新打开表单再提交。',
  too_many_requests: '操作太频繁，请稍等片刻再试。',
  load_running: '已有数据正在载入，请等它完成。',
  not_ready: '数据库暂时没有回应，什么都没有改动，请稍后再试。',
  too_busy: '系统正忙，请稍后再试。',
  offline: '连不上服务器，请检查网络；页面上是断线前的数据。',
  fault: '系统出错，什么都没有改动。若再次出现，请把编号告诉管理员。',
} satisfies Record<RefusalCode | 'offline' | 'fault', string>
