/** The palette's lines: what was found, and commands that answer the typed words. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { LiveCall } from '#contract/calls'
import type { SearchHit } from '#contract/district'
import { languages } from '../../locales/index.ts'
import { useCalls } from '../../stores/calls.ts'
import { useCallWords } from '../calls/use-call-words.ts'
import { type ActionId, actionIds } from '../keyboard/actions.ts'
import { shortcuts } from '../keyboard/shortcuts.ts'
import type { Actions } from '../keyboard/use-actions.ts'
import { rank } from './rank.ts'

export type PaletteEntry =
  | { kind: 'command'; key: string; title: string; detail: string | null; action: ActionId }
  | { kind: 'call'; key: string; title: string; detail: string | null; item: LiveCall }
  | { kind: 'hit'; key: string; title: string; detail: string | null; hit: SearchHit }

/** Commands that make no sense from inside the palette. */
const LEFT_OUT: ReadonlySet<ActionId> = new Set(['openPalette', 'nextPane'])

export function usePaletteEntries(
  query: () => string,
  hits: () => readonly SearchHit[],
  isAvailable: Actions['isAvailable'],
) {
  const { t } = useI18n()
  const calls = useCalls()
  const words = useCallWords()
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
  /** Live calls are known here; without words they are not in the way. */
  const ringing = computed<PaletteEntry[]>(() => {
    if (query().trim() === '') return []
    const all = calls.ordered.map((item) => ({
      kind: 'call' as const,
      key: item.id,
      title: words.titleOf(item),
      detail: [words.stateOf(item), item.note].filter(Boolean).join(' · '),
      item,
    }))
    return rank(query(), all, ({ title, detail, item }) => [title, detail, item.code, t('calls.one'), 'call', '呼叫'])
  })
  const groups = computed(() =>
    [
      { name: t('calls.title'), entries: ringing.value },
      { name: t('palette.results'), entries: found.value },
      { name: t('palette.commands'), entries: commands.value },
    ].filter(({ entries }) => entries.length > 0),
  )
  return { groups, entries: computed(() => groups.value.flatMap(({ entries }) => entries)) }
}
