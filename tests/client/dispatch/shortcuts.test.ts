import { describe, expect, it } from 'vitest'
import { actionIds } from '../../../client/dispatch/keyboard/actions.ts'
import { actionFor, shortcuts } from '../../../client/dispatch/keyboard/shortcuts.ts'

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  ...more,
})
const free = { isTyping: false, areSingleKeysOn: true }
const typing = { isTyping: true, areSingleKeysOn: true }
const off = { isTyping: false, areSingleKeysOn: false }

describe('single keys', () => {
  it('do what they say, in either case', () => {
    expect(actionFor(press('h'), free)).toBe('toggleHeat')
    expect(actionFor(press('H'), free)).toBe('toggleHeat')
    expect(actionFor(press('?'), free)).toBe('showHelp')
    expect(actionFor(press('y'), free)).toBeNull()
  })

  it('are left alone while typing, composing or with a modifier', () => {
    expect(actionFor(press('h'), typing)).toBeNull()
    expect(actionFor(press('Escape'), typing)).toBeNull()
    expect(actionFor(press('h', { isComposing: true }), free)).toBeNull()
    expect(actionFor(press('h', { ctrlKey: true }), free)).toBeNull()
    expect(actionFor(press('h', { altKey: true }), free)).toBeNull()
  })

  it('can be turned off; what is no character stays', () => {
    expect(actionFor(press('h'), off)).toBeNull()
    expect(actionFor(press('1'), off)).toBeNull()
    expect(actionFor(press('Escape'), off)).toBe('closeCard')
    expect(actionFor(press('F6'), off)).toBe('nextPane')
    expect(actionFor(press('k', { metaKey: true }), off)).toBe('openPalette')
  })
})

it('opens the palette with Ctrl or ⌘ K even while typing, and plain K is another key', () => {
  expect(actionFor(press('k', { ctrlKey: true }), typing)).toBe('openPalette')
  expect(actionFor(press('K', { metaKey: true }), typing)).toBe('openPalette')
  expect(actionFor(press('k'), free)).toBe('previousCase')
})

it('gives no key to two actions', () => {
  const keys = Object.values(shortcuts).flatMap(({ keys, withControl }) => keys.map((key) => `${withControl}/${key}`))
  expect(new Set(keys).size).toBe(keys.length)
  for (const action of Object.keys(shortcuts)) expect(actionIds).toContain(action)
})
