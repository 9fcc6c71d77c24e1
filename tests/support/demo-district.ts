/** The demo district of the default seed at a fixed instant, made once a test file. */
import type { District } from '../../geodata/generate/district.ts'
import { DEFAULT_SEED, generateDemo } from '../../geodata/prepare.ts'

/** Friday 20 November 2026, 10:42:37 in Shanghai. */
export const DEMO_NOW = Date.parse('2026-11-20T10:42:37+08:00')

let made: Promise<District> | null = null

export function demoDistrict(): Promise<District> {
  made ??= generateDemo(DEFAULT_SEED, DEMO_NOW)
  return made
}
