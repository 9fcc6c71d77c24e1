/** Voice and text between two real browsers through the real server: a resident's page, and the member's side of it. */
import { createHash, randomBytes } from 'node:crypto'
import { chromium, expect, type Page, test } from '@playwright/test'
import { build } from 'vite'
import type { OwnDuty } from '../../contract/duty.ts'
import { withDatabase } from '../../server/database/open.ts'
import { insertCall } from '../support/calls.ts'
import { freshLink } from './sign-in.ts'

test.setTimeout(240_000)
const WITHIN = { timeout: 60_000 }
const origin = () => process.env.GELIN_TEST_ORIGIN ?? ''

/** The harness as one script; it puts `talk` on the window. */
async function harness(): Promise<string> {
  const entry = `${import.meta.dirname}/talk-harness.ts`
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'talkHarness' } },
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  const [{ output }] = built as unknown as [{ output: { code: string }[] }]
  return output[0]?.code ?? ''
}

/** A call this member comes to, and the secret of its link. */
async function callFor(page: Page): Promise<{ callId: string; secret: string }> {
  const { member } = (await (await page.request.get('/api/duty/own')).json()) as OwnDuty
  const [area] = (await (await page.request.get('/api/areas')).json()) as { id: string; centre: [number, number] }[]
  const secret = randomBytes(32).toString('base64url')
  const config = { databaseUrl: null, dataDir: process.env.GELIN_TEST_DATA_DIR ?? '' }
  const callId = await withDatabase(config, async (db) => {
    const id = await insertCall(db, { position: area?.centre ?? [0, 0], area_id: area?.id, handler_id: member.id })
    const hash = createHash('sha256').update(secret).digest()
    await db.query('UPDATE calls SET secret_hash = $2, accepted_at = now() WHERE id = $1', [id, hash])
    return id
  })
  return { callId, secret }
}

type Talking = ReturnType<typeof import('./talk-harness.ts').begin>
declare const talk: Talking

const bytesBothWays = (page: Page) =>
  page.evaluate(async () => {
    const bytes = { sent: 0, received: 0 }
    for (const report of (await talk.connection()?.getStats())?.values() ?? []) {
      if (report.type === 'outbound-rtp') bytes.sent += report.bytesSent
      if (report.type === 'inbound-rtp') bytes.received += report.bytesReceived
    }
    return bytes
  })

test('a resident and the member who comes write to each other and talk', async () => {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  })
  const phone = async () =>
    (await browser.newContext({ baseURL: origin(), viewport: { width: 390, height: 844 }, locale: 'zh-CN' })).newPage()
  const [member, resident] = [await phone(), await phone()]
  await member.goto(freshLink('member'))
  await member.getByRole('button').click()
  await member.waitForURL('**/field/**', WITHIN)
  const { callId, secret } = await callFor(member)
  await member.evaluate(`${await harness()}; window.talk = talkHarness.begin(${JSON.stringify(callId)})`)

  await resident.goto(`/resident/#/call/${secret}`)
  await resident.getByRole('button', { name: '发文字' }).click(WITHIN)
  await resident.getByRole('textbox', { name: '写给对方' }).fill('我在三楼 <b>左手</b>')
  await resident.getByRole('button', { name: '发送' }).click()
  await expect
    .poll(() => member.evaluate(() => talk.messages.value.map(({ text }) => text)), WITHIN)
    .toEqual(['我在三楼 <b>左手</b>'])
  await member.evaluate(() => talk.say('两分钟就到'))
  await expect(resident.getByText('两分钟就到')).toBeVisible(WITHIN)

  await resident.getByRole('button', { name: '打电话' }).click()
  await expect.poll(() => member.evaluate(() => talk.voice.value), WITHIN).toBe('ringing')
  await member.evaluate(() => talk.answer())
  await expect(resident.getByText('通话中')).toBeVisible(WITHIN)
  const before = await bytesBothWays(member)
  await expect
    .poll(async () => {
      const now = await bytesBothWays(member)
      return now.sent > before.sent + 2_000 && now.received > before.received + 2_000
    }, WITHIN)
    .toBe(true)
  await resident.screenshot({ path: 'test-results/talk-390.png', fullPage: true })
  await resident.getByRole('button', { name: '挂断' }).click()
  await expect.poll(() => member.evaluate(() => talk.voice.value), WITHIN).toBe('off')
  await browser.close()
})
