/** Asks again for what changed, and only for that: versions of the data tell. */
import { type DataLayer, type District, dataLayers } from '#contract/district'
import { coalesce } from './coalesce.ts'

/** Bursts of changes are answered by one question a second for each layer. */
const GAP_MS = 1_000

export type Versions = District['versions']

export interface RefetchParts {
  /** Reads the installation at a glance, versions included. */
  district(): Promise<Versions>
  /** Reads the lists that show a layer; null where no list does (tiles and cards look at the versions themselves). */
  layers: Record<DataLayer, (() => Promise<void>) | null>
  /** All that was asked for has been read. */
  onFresh(): void
  onFailure(error: unknown): void
}

export interface Refetch {
  /** Looks at the versions and reads whatever is behind them. */
  resync(): Promise<void>
  /** Everything the server has told of has been read. */
  isFresh(): boolean
  /** What is held counts for nothing any more (another person, another scope). */
  forget(): void
}

export function createRefetch({ district, layers, onFresh, onFailure }: RefetchParts): Refetch {
  let held: Partial<Versions> = {}
  let age = 0
  let isFresh = false
  let isWanted = false

  async function readLayer(layer: DataLayer, version: number, ofAge: number): Promise<void> {
    await layers[layer]?.()
    // Remembered only after the reading, so that a failed one is tried again.
    if (ofAge === age) held[layer] = version
  }

  const read = coalesce(async () => {
    // What was wished for before everything was forgotten is nobody's wish any more.
    if (!isWanted) return
    isWanted = false
    const ofAge = age
    isFresh = false
    try {
      const versions = await district()
      const behind = dataLayers.filter((layer) => held[layer] !== versions[layer])
      await Promise.all(behind.map((layer) => readLayer(layer, versions[layer], ofAge)))
      if (ofAge !== age) return
      isFresh = true
      onFresh()
    } catch (error) {
      if (ofAge === age) onFailure(error)
    }
  }, GAP_MS)

  return {
    resync() {
      isWanted = true
      return read()
    },
    isFresh: () => isFresh,
    forget() {
      held = {}
      isFresh = false
      isWanted = false
      age++
    },
  }
}
