import { expect, it } from 'vitest'
import { rank, score } from '../../../client/dispatch/palette/rank.ts'

it('puts exact before beginnings, those before words, parts and scattered letters', () => {
  const texts = ['看灯塔', '灯塔', 'a 灯塔 b', '灯塔02', '灯火与塔']
  expect(rank('灯塔', texts, (text) => [text])).toEqual(['灯塔', '灯塔02', 'a 灯塔 b', '看灯塔', '灯火与塔'])
})

it('leaves out what does not answer, and keeps everything when nothing is typed', () => {
  expect(rank('桥', ['灯塔', '路'], (text) => [text])).toEqual([])
  expect(rank(' ', ['灯塔', '路'], (text) => [text])).toEqual(['灯塔', '路'])
})

it('does not care about case, and answers in the best of several texts', () => {
  expect(score('HEAT', 'heat map')).toBe(score('heat', 'Heat map'))
  expect(
    rank(
      'heat',
      [
        ['热力图', 'Heat map'],
        ['图层', 'Layers'],
      ],
      (texts) => texts,
    ),
  ).toEqual([['热力图', 'Heat map']])
})

it('takes a single letter only as it stands', () => {
  expect(score('m', 'heat map')).not.toBeNull()
  expect(score('x', 'heat map')).toBeNull()
  expect(score('hm', 'heat map')).not.toBeNull()
  expect(score('mh', 'heat map')).toBeNull()
})
