/** Tiles already made, the least recently used dropped first when the bytes run out. */

export interface CachedTile {
  /** gzip; null when the tile is empty. */
  bytes: Buffer | null
  etag: string
}

/** What one entry costs besides its bytes: key, object, map slot. */
const ENTRY_BYTES = 200

export function createTileCache(maxBytes: number) {
  // A Map keeps insertion order; whatever is read is put back at the end.
  const entries = new Map<string, CachedTile>()
  let bytes = 0
  const cost = (tile: CachedTile) => ENTRY_BYTES + (tile.bytes?.length ?? 0)

  function remove(key: string): void {
    const tile = entries.get(key)
    if (!tile) return
    entries.delete(key)
    bytes -= cost(tile)
  }

  return {
    get(key: string): CachedTile | undefined {
      const tile = entries.get(key)
      if (tile) {
        entries.delete(key)
        entries.set(key, tile)
      }
      return tile
    },
    set(key: string, tile: CachedTile): void {
      remove(key)
      if (cost(tile) > maxBytes) return
      entries.set(key, tile)
      bytes += cost(tile)
      for (const oldest of entries.keys()) {
        if (bytes <= maxBytes) break
        remove(oldest)
      }
    },
    usedBytes: () => bytes,
  }
}
export type TileCache = ReturnType<typeof createTileCache>
