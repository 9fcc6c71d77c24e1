/** Keeps the walking network of the loaded streets, built at start and after each load beside the requests. */
import type { LonLat } from '#contract/geo'
import { inSlices } from './in-slices.ts'
import { buildNetwork, type WalkingNetwork } from './network.ts'
import type { WalkingQueries } from './walking.queries.ts'
import { WalkingSearch } from './walking-search.ts'

export function createWalkingService({ queries }: { queries: Pick<WalkingQueries, 'ways'> }) {
  let network: WalkingNetwork | null = null
  let asked = 0
  let building: Promise<void> | null = null

  async function build(): Promise<void> {
    for (let done = -1; done !== asked; ) {
      done = asked
      const lines: LonLat[][] = []
      for await (const page of queries.ways()) lines.push(...page)
      network = await inSlices(buildNetwork(lines))
    }
  }

  return {
    /** Reads the streets anew; the network before serves until the new one is ready. Asked meanwhile: once more. */
    rebuild(): Promise<void> {
      asked++
      building ??= build().finally(() => {
        building = null
      })
      return building
    },

    /** Nodes of the network; 0 without one. */
    size: () => network?.longitudes.length ?? 0,

    /** Ways from a place; null when no street is known near it: then only the straight line can be told. */
    from: (place: LonLat): WalkingSearch | null => network && WalkingSearch.from(network, place),
  }
}
export type WalkingService = ReturnType<typeof createWalkingService>
