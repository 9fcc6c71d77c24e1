/** Both languages say everything, and nothing is said that no page shows. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { refusals } from '#contract/errors'
import { i18n, languages } from '../../../client/locales/index.ts'

const client = resolve(import.meta.dirname, '../../../client')
const source = readdirSync(client, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(ts|vue)$/.test(name) && !name.startsWith('locales'))
  .map((name) => readFileSync(join(client, name), 'utf8'))
  .join('\n')

function leaves(node: unknown, path = ''): string[] {
  if (typeof node === 'string') return [path]
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, value]) => leaves(value, path ? `${path}.${key}` : key))
}

const messages = Object.fromEntries(languages.map((language) => [language, i18n.global.getLocaleMessage(language)]))
const keys = leaves(messages['zh-CN'])
const topics = [...new Set(keys.map((key) => key.split('.')[0]))]
const topic = `(?:${topics.join('|')})`
/** Keys written out, and the beginnings of keys put together: `card.point.${…}`. */
const plain = new Set(
  [...source.matchAll(new RegExp(`['"\`](${topic}(?:\\.\\w+)+)['"\`]`, 'g'))].map(([, key = '']) => key),
)
const beginnings = [...source.matchAll(new RegExp(`\`(${topic}\\.[\\w.]*)\\$\\{`, 'g'))].map(([, start = '']) => start)
const textAt = (language: string, key: string) =>
  key
    .split('.')
    .reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], messages[language])

it('found the pages and their texts', () => {
  expect(keys.length).toBeGreaterThan(300)
  expect(plain.size).toBeGreaterThan(200)
  expect(beginnings.length).toBeGreaterThan(20)
})

describe.each(languages)('%s', (language) => {
  it('has every key, none of them empty', () => {
    expect(leaves(messages[language]).sort()).toEqual([...keys].sort())
    expect(keys.filter((key) => String(textAt(language, key)).trim() === '')).toEqual([])
  })

  it('has a sentence for every refusal', () => {
    const sentences = Object.keys(textAt(language, 'refusal') as object)
    expect(sentences.sort()).toEqual([...Object.keys(refusals), 'fault', 'offline'].sort())
  })
})

it('uses the same placeholders in both languages', () => {
  // A plural form may leave its number out.
  const placeholders = (language: string, key: string) =>
    [...new Set([...String(textAt(language, key)).matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort().join()
  const differing = keys.filter((key) => placeholders('en', key) !== placeholders('zh-CN', key))
  const both = (key: string) => [placeholders('zh-CN', key), placeholders('en', key)]
  // Two ways of counting the same people.
  expect(differing.filter((key) => key !== 'card.area.andMore').map((key) => [key, ...both(key)])).toEqual([])
})

it('shows no key that does not exist', () => {
  const known = new Set(keys)
  // What stands inside the brackets of t(…), $t(…) and te(…), one level of brackets deep.
  const calls = [...source.matchAll(/\bte?\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g)].map(([, inside = '']) => inside)
  const asked = calls.flatMap((inside) => [...inside.matchAll(/'([a-zA-Z]\w*(?:\.\w+)+)'/g)].map(([, key = '']) => key))
  expect(asked.length).toBeGreaterThan(200)
  expect(asked.filter((key) => !known.has(key))).toEqual([])
})

it('keeps no text that nothing shows', () => {
  const isUsed = (key: string) => plain.has(key) || beginnings.some((start) => key.startsWith(start))
  expect(keys.filter((key) => !isUsed(key))).toEqual([])
})
