import { describe, expect, it } from 'vitest'
import { likePatterns } from '../../server/database/like.ts'
import { balance, type RankedHit } from '../../server/search/balance.ts'
import type { Rank } from '../../server/search/search.queries.ts'

const hits = (kind: RankedHit['kind'], count: number, rank: Rank): RankedHit[] =>
  Array.from({ length: count }, (_, at) => ({
    kind,
    id: `${kind}${at}`,
    title: `${kind}${at}`,
    detail: null,
    position: null,
    rank,
  }))

describe('what the palette shows', () => {
  it('keeps the one person among a street full of buildings', () => {
    const shown = balance([hits('building', 20, 1), hits('member', 1, 2)], 20)
    expect(shown).toHaveLength(20)
    expect(shown.map(({ kind }) => kind)).toContain('member')
  })

  it('puts the exact code first, then beginnings, then the rest', () => {
    const shown = balance([hits('area', 2, 2), hits('member', 2, 1), hits('case', 1, 0)], 20)
    expect(shown.map(({ kind }) => kind)).toEqual(['case', 'member', 'member', 'area', 'area'])
  })

  it('divides the room evenly when every kind has plenty', () => {
    const kinds = ['area', 'member', 'case', 'building', 'servicePoint'] as const
    const shown = balance(
      kinds.map((kind) => hits(kind, 20, 2)),
      20,
    )
    for (const kind of kinds) expect(shown.filter((hit) => hit.kind === kind)).toHaveLength(4)
  })

  it('shows nothing for nothing, and no rank', () => {
    expect(balance([[], []], 20)).toEqual([])
    expect(balance([hits('area', 1, 0)], 20)[0]).not.toHaveProperty('rank')
  })
})

describe('patterns', () => {
  it('takes wildcards as letters', () => {
    expect(likePatterns('50%_\\')).toEqual({ prefix: '50\\%\\_\\\\%', words: ['%50\\%\\_\\\\%'], like: 'LIKE' })
  })

  it('looks for each word, and regards case only where there is one', () => {
    expect(likePatterns(' 网格　12 ')).toMatchObject({ words: ['%网格%', '%12%'], like: 'LIKE' })
    expect(likePatterns('Gl-20')).toMatchObject({ like: 'ILIKE' })
  })

  it('bounds the number of words', () => {
    expect(likePatterns('a b c d e f g h').words).toHaveLength(5)
  })
})
