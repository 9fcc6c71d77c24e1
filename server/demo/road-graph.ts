/** A walkable network made of lines: nodes where lines meet, edges between. Pure. Places are [longitude, latitude]. */
import type { LonLat } from '#contract/geo'

export interface RoadGraph {
  nodes: readonly LonLat[]
  /** Node → its neighbours. */
  neighbours: readonly (readonly number[])[]
}

/** Vertices nearer than this are one node: about a metre, the grain of a tile. */
const GRAIN = 1e-5

/** Joins lines where they share a vertex, and keeps the largest connected part. */
export function buildRoadGraph(lines: readonly (readonly LonLat[])[]): RoadGraph {
  const ids = new Map<string, number>()
  const nodes: LonLat[] = []
  const links: Set<number>[] = []
  const nodeAt = (place: LonLat): number => {
    const key = `${Math.round(place[0] / GRAIN)},${Math.round(place[1] / GRAIN)}`
    const known = ids.get(key)
    if (known !== undefined) return known
    ids.set(key, nodes.length)
    links.push(new Set())
    return nodes.push(place) - 1
  }
  for (const line of lines) {
    let before: number | null = null
    for (const place of line) {
      const node = nodeAt(place)
      if (before !== null && before !== node) {
        links[before]?.add(node)
        links[node]?.add(before)
      }
      before = node
    }
  }
  return keepNodes(nodes, links, largestPart(links))
}

function largestPart(links: readonly ReadonlySet<number>[]): number[] {
  const seen = new Set<number>()
  let largest: number[] = []
  for (let start = 0; start < links.length; start++) {
    if (seen.has(start)) continue
    const part = [start]
    seen.add(start)
    for (const node of part)
      for (const next of links[node] ?? [])
        if (!seen.has(next)) {
          seen.add(next)
          part.push(next)
        }
    if (part.length > largest.length) largest = part
  }
  return largest
}

function keepNodes(
  nodes: readonly LonLat[],
  links: readonly ReadonlySet<number>[],
  kept: readonly number[],
): RoadGraph {
  const renumbered = new Map(kept.map((node, index) => [node, index]))
  return {
    nodes: kept.map((node) => nodes[node] as LonLat),
    neighbours: kept.map((node) => [...(links[node] ?? [])].flatMap((next) => renumbered.get(next) ?? [])),
  }
}

/** The node nearest to a place; 0 for an empty graph. */
export function nearestNode({ nodes }: RoadGraph, [longitude, latitude]: LonLat): number {
  const shrink = Math.cos((latitude * Math.PI) / 180)
  let best = 0
  let bestSquared = Number.POSITIVE_INFINITY
  for (const [index, [x, y]] of nodes.entries()) {
    const squared = ((x - longitude) * shrink) ** 2 + (y - latitude) ** 2
    if (squared < bestSquared) [best, bestSquared] = [index, squared]
  }
  return best
}
