/** Vector tiles: made once per data version and audience, then answered from memory. */
import { createHash } from 'node:crypto'
import { areaTileVersion, baseTileVersion } from '#contract/tiles'
import { createGate } from '../auth/gate.ts'
import { areaTileContent } from './area-tile.ts'
import { baseTileContent } from './base-tile.ts'
import { encodeTile } from './encode-tile.ts'
import { type CachedTile, createTileCache } from './tile-cache.ts'
import type { TileId } from './tile-id.ts'
import type { TilesQueries } from './tiles.queries.ts'

/** How long known versions are believed while addresses agree with them. */
const VERSIONS_MS = 1_000
const CACHE_BYTES = 64 * 1024 * 1024
/** Two tiles at a time leave half of the embedded database's connections to everybody else. */
const GATE = { atOnce: 2, waiting: 400, message: 'The map is being drawn for many at once. Please try again shortly.' }

export interface TileAnswer extends CachedTile {
  /** The address named the version that was answered, so the answer holds for ever. */
  isCurrent: boolean
}

type Versions = Awaited<ReturnType<TilesQueries['versions']>>

export function createTilesService({ queries, now }: { queries: TilesQueries; now: () => number }) {
  const cache = createTileCache(CACHE_BYTES)
  const gate = createGate(GATE)
  const underWay = new Map<string, Promise<CachedTile>>()
  let known: { versions: Versions; at: number } | null = null
  let reading: Promise<Versions> | null = null

  function readVersions(): Promise<Versions> {
    reading ??= queries
      .versions()
      .then((versions) => {
        known = { versions, at: now() }
        return versions
      })
      .finally(() => {
        reading = null
      })
    return reading
  }

  /** The version now. An address that says otherwise may know of a change before we do, so we look. */
  async function currentVersion(asked: string, versionOf: (versions: Versions) => string): Promise<string> {
    if (known && now() - known.at < VERSIONS_MS && versionOf(known.versions) === asked) return asked
    return versionOf(await readVersions())
  }

  /** From the cache, or made; whoever asks meanwhile waits for the same tile. */
  async function tileOf(key: string, make: () => Promise<CachedTile>): Promise<CachedTile> {
    const cached = cache.get(key)
    if (cached) return cached
    const started = underWay.get(key)
    if (started) return started
    const making = gate(make).finally(() => underWay.delete(key))
    underWay.set(key, making)
    const tile = await making
    cache.set(key, tile)
    return tile
  }

  const keyOf = (...parts: (string | number)[]) => parts.join('/')

  return {
    async base(asked: string, id: TileId): Promise<TileAnswer> {
      const version = await currentVersion(asked, baseTileVersion)
      const make = async () => encodeTile(id, await baseTileContent(id, queries))
      const tile = await tileOf(keyOf('base', version, id.z, id.x, id.y), make)
      return { ...tile, isCurrent: version === asked }
    },

    /** Borders within a scope. Viewers of one scope share tiles; nobody else's reach them. */
    async areas(asked: string, id: TileId, scope: readonly string[]): Promise<TileAnswer> {
      const version = await currentVersion(asked, areaTileVersion)
      const audience = createHash('sha256').update(JSON.stringify(scope.toSorted())).digest('base64url')
      const make = async () => encodeTile(id, await areaTileContent(id, scope, queries))
      const tile = await tileOf(keyOf('areas', version, audience, id.z, id.x, id.y), make)
      return { ...tile, isCurrent: version === asked }
    },
  }
}
export type TilesService = ReturnType<typeof createTilesService>
