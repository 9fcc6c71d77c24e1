import { describe, expect, it } from 'vitest'
import { mapColumns } from '../../geodata/import/column-map.ts'

const map = (...args: Parameters<typeof mapColumns>) => Object.fromEntries(mapColumns(...args))

it('finds columns whatever their case, width, blanks and marks', () => {
  expect(map('members', ['姓 名', 'ＰＨＯＮＥ', '网格_编码', 'Party Member?'], undefined)).toEqual({
    name: ['姓 名'],
    phone: ['ＰＨＯＮＥ'],
    areas: ['网格_编码'],
    isPartyMember: ['Party Member?'],
  })
})

it('believes the more exact name first', () => {
  expect(map('base', ['name', 'name:zh', 'kind'], undefined).name).toEqual(['name:zh', 'name'])
})

describe('said by the caller', () => {
  it('wins over names, and takes columns by their name', () => {
    expect(map('areas', ['BoroCD', 'name'], 'code=BoroCD,name=BoroCD')).toEqual({ code: ['BoroCD'], name: ['BoroCD'] })
    expect(map('areas', ['Boro CD'], ' code = borocd ，name=Boro CD')).toEqual({ code: ['Boro CD'], name: ['Boro CD'] })
  })

  it.each([
    ['code', 'map_unreadable'],
    ['code=', 'map_unreadable'],
    ['=a', 'map_unreadable'],
    ['colour=a', 'map_field_unknown'],
    ['constructor=a', 'map_field_unknown'],
    ['code=b', 'map_column_unknown'],
  ])('%s is refused', (said, code) => {
    expect(() => map('areas', ['a'], said)).toThrow(expect.objectContaining({ code }))
  })
})

it('refuses a file without a needed column, naming it', () => {
  expect(() => map('members', ['phone'], undefined)).toThrow(/A needed column is missing: name \(such as "姓名"\)/)
})
