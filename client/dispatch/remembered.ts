/** Preferences as they are kept on this machine; what does not parse is as if it were never kept. */
import * as z from 'zod/mini'
import { languages } from '../locales/index.ts'
import { type LayerKey, layerKeys, themes } from '../stores/preferences.ts'

const width = z.nullable(z.int().check(z.gte(200), z.lte(900)))
/** Partial: what was kept before a layer was invented still counts. */
const layers = z.partial(
  z.object(Object.fromEntries(layerKeys.map((key) => [key, z.boolean()])) as Record<LayerKey, z.ZodMiniBoolean>),
)

export const remembered = z.partial(
  z.object({
    theme: z.enum(themes),
    language: z.enum(languages),
    paneWidths: z.object({ queue: width, card: width }),
    layers,
    isLayerPanelOpen: z.boolean(),
    areShortcutsOn: z.boolean(),
  }),
)
export type Remembered = z.infer<typeof remembered>

/** Reads kept preferences; damaged or foreign text gives none. */
export function parseRemembered(text: string | null): Remembered {
  if (text === null) return {}
  try {
    const parsed = z.safeParse(remembered, JSON.parse(text))
    return parsed.success ? parsed.data : {}
  } catch {
    return {}
  }
}
