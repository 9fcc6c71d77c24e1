/** Contrast of the design tokens on both themes (WCAG 2.2: text 4.5:1, marks and controls 3:1). */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../../client/styles/tokens.css', import.meta.url), 'utf8')
const [darkPart = '', lightPart = ''] = css.split(':root[data-theme="light"]')
const tokensOf = (part: string) =>
  Object.fromEntries(
    [...part.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]),
  )
const themes = { dark: tokensOf(darkPart), light: tokensOf(lightPart) }

/** Relative luminance, WCAG 2.2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

const texts = ['ink', 'ink2', 'ink3', 'accent', 'urgent', 'warning', 'active', 'done']
const marks = ['urgent-mark', 'warning-mark', 'offline', 'people', 'grid-line']

describe.each(Object.entries(themes))('%s', (_theme, tokens) => {
  const ratio = (a: string, b: string) => contrast(tokens[a] ?? '', tokens[b] ?? '')

  it.each(texts)('text in %s can be read on panel and land', (token) => {
    expect(ratio(token, 'panel')).toBeGreaterThanOrEqual(4.5)
    expect(ratio(token, 'land')).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['ink', 'ink2', 'ink3'])('text in %s can be read on raised ground and on the page', (token) => {
    expect(ratio(token, 'raise')).toBeGreaterThanOrEqual(4.5)
    expect(ratio(token, 'bg')).toBeGreaterThanOrEqual(4.5)
  })

  it.each(marks)('marks in %s can be seen on panel and land', (token) => {
    expect(ratio(token, 'panel')).toBeGreaterThanOrEqual(3)
    expect(ratio(token, 'land')).toBeGreaterThanOrEqual(3)
  })

  it('text on the accent can be read', () => {
    expect(ratio('on-accent', 'accent')).toBeGreaterThanOrEqual(4.5)
  })
})

it('both themes hold the same tokens', () => {
  const names = (part: string) => [...part.matchAll(/--([a-z0-9-]+):/g)].map(([, name]) => name).sort()
  expect(names(lightPart)).toEqual(names(darkPart))
})
