/** JSON with the place of the fault: line and column instead of an offset. */
import { Refused } from './refused.ts'

/** Throws Refused `json_broken` with line and column, both from 1. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const offset = Number(/position (\d+)/.exec(message)?.[1] ?? text.length)
    const before = text.slice(0, offset)
    const line = before.split('\n').length
    const column = offset - before.lastIndexOf('\n')
    // The engine's own words after the place would say it twice.
    const detail = message.replace(/ in JSON at position.*$/s, '').replace(/, ".*$/s, '')
    throw new Refused('json_broken', { line, column, detail }, `${line}:${column}`)
  }
}
