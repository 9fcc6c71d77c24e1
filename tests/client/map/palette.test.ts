import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { palettes } from '../../../client/map/palette.ts'
import { contrast, over } from '../../support/map-model.ts'

const css = readFileSync(new URL('../../../client/styles/tokens.css', import.meta.url), 'utf8')
const tokensOf = (theme: string) => {
  const block = css.match(new RegExp(`data-theme="${theme}"\\] \\{([^}]*)\\}`))?.[1] ?? ''
  return new Map([...block.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name ?? '', value]))
}
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
const shared = [
  'bg',
  'panel',
  'land',
  'water',
  'ink',
  'ink2',
  'ink3',
  'accent',
  'onAccent',
  'urgentMark',
  'warningMark',
  'active',
  'done',
  'offline',
  'gridLine',
] as const

describe.each(['dark', 'light'] as const)('%s', (theme) => {
  const colours = palettes[theme]

  it('has the tokens of the style sheet', () => {
    const tokens = tokensOf(theme)
    for (const name of shared) expect(tokens.get(kebab(name)), name).toBe(colours[name])
  })

  it('reads names on their halo', () => {
    for (const name of ['ink', 'ink2', 'ink3'] as const)
      expect(contrast(colours[name], colours.halo), name).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colours.accent, colours.halo)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colours.ink2, colours.panel)).toBeGreaterThanOrEqual(4.5)
  })

  it('sees marks on their halo and borders on the land', () => {
    for (const name of ['urgentMark', 'warningMark', 'active', 'offline', 'accent'] as const)
      expect(contrast(colours[name], colours.halo), name).toBeGreaterThanOrEqual(3)
    for (const name of ['gridLine', 'communityLine', 'streetLine', 'urgentMark', 'warningMark'] as const)
      expect(contrast(colours[name], colours.land), name).toBeGreaterThanOrEqual(3)
  })

  it('tells the five steps of the fill from each other and from the water', () => {
    const fills = colours.choroplethAlpha.map((alpha) => over(colours.choropleth, alpha, colours.land))
    for (const [index, fill] of fills.entries()) {
      const next = fills[index + 1]
      if (next) expect(contrast(fill, next), `${index} and ${index + 1}`).toBeGreaterThan(1.1)
      expect(fill).not.toBe(colours.water)
    }
    const luminances = fills.map((fill) => contrast(fill, colours.land))
    expect(luminances).toEqual(luminances.toSorted((a, b) => a - b))
  })
})
