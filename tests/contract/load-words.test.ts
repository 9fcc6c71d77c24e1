import { describe, expect, it } from 'vitest'
import { loadSentence, loadWords } from '../../contract/load-words.ts'

const places = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()

describe('every sentence', () => {
  it.each(Object.entries(loadWords))('%s takes the same values in both languages', (_, sentence) => {
    expect([...new Set(places(sentence['zh-CN']))]).toEqual([...new Set(places(sentence.en))])
    expect(sentence['zh-CN']).toMatch(/\p{Script=Han}/u)
    expect(sentence.en).not.toMatch(/\p{Script=Han}/u)
  })
})

it('fills the values in, whatever they hold', () => {
  const note = { code: 'area_unknown', values: { value: '{code} $& <b>' } }
  expect(loadSentence(note, 'en')).toBe('There is no area "{code} $& <b>". Load the areas first, or correct the code.')
})

it('lets a code it does not know stand for itself', () => {
  expect(loadSentence({ code: 'of_tomorrow', values: {} }, 'zh-CN')).toBe('of_tomorrow')
  expect(loadSentence({ code: 'toString', values: {} }, 'en')).toBe('toString')
})
