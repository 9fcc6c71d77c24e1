/** Listens to keys on the whole page and runs what they ask for. */
import { onScopeDispose } from 'vue'
import { usePreferences } from '../../stores/preferences.ts'
import type { ActionId } from './actions.ts'
import { actionFor } from './shortcuts.ts'

const TYPING = 'input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable=true]'

export function useShortcuts(run: (action: ActionId) => void): void {
  const preferences = usePreferences()

  function onKey(event: KeyboardEvent): void {
    // A dialog has the keyboard to itself; a control that used the key says so.
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return
    const isTyping = event.target instanceof Element && event.target.matches(TYPING)
    const action = actionFor(event, { isTyping, areSingleKeysOn: preferences.areShortcutsOn })
    if (!action) return
    event.preventDefault()
    run(action)
  }

  window.addEventListener('keydown', onKey)
  onScopeDispose(() => window.removeEventListener('keydown', onKey))
}
