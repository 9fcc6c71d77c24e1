/** The palette's lines: what was found, and commands that answer the typed words. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { SearchHit } from '#contract/district'
import { languages } from '../../locales/index.ts'
import { type ActionId, actionIds } from '../keyboard/actions.ts'
import { shortcuts } from '../keyboard/shortcuts.ts'
import type { Actions } from '../keyboard/use-actions.ts'
import { rank } from './rank.ts'

export type PaletteEntry =
  | { kind: 'command'; key: string; title: string; detail: string | null; action: ActionId }
  | { kind: 'hit'; key: string; title: string; detail: string | null; hit: SearchHit }

/** Commands that make no sense from inside the palette. */
const LEFT_OUT: ReadonlySet<ActionId> = new Set(['openPalette', 'nextPane'])

export function usePaletteEntries(
  query: () => string,
  hits: () => readonly SearchHit[],
  isAvailable: Actions['isAvailable'],
) {
  const { t } = useI18n()
  const commands = computed<PaletteEntry[]>(() => {
    const all = actionIds
      .filter((action) => !LEFT_OUT.has(action) && isAvailable(action))
      .map((action) => ({
        kind: 'command' as const,
        key: action,
        title: t(`action.${action}`),
        detail: shortcuts[action]?.label ?? null,
        action,
      }))
    // Whoever reads one language may type the other.
    return rank(query(), all, ({ action }) => languages.map((locale) => t(`action.${action}`, {}, { locale })))
  })
  const found = computed<PaletteEntry[]>(() =>
    hits().map((hit) => ({ kind: 'hit', key: `${hit.kind}/${hit.id}`, title: hit.title, detail: hit.detail, hit })),
  )
  const groups = computed(() =>
    [
      { name: t('palette.results'), entries: found.value },
      { name: t('palette.commands'), entries: commands.value },
    ].filter(({ entries }) => entries.length > 0),
  )
  return { groups, entries: computed(() => groups.value.flatMap(({ entries }) => entries)) }
}
