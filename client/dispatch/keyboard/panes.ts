/** The console's panes as places for the focus; each carries its name as `data-pane`. */

export type PaneName = 'queue' | 'map' | 'card' | 'calls'

const panes = () =>
  [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.offsetParent !== null)

/** Moves the focus to a pane: to what it names as its best place, or to itself. */
export function focusPane(name: PaneName): void {
  const pane = panes().find((each) => each.dataset.pane === name)
  if (pane) focusInside(pane)
}

/** Moves the focus to the pane after the one that has it. */
export function focusNextPane(): void {
  const all = panes()
  const at = all.findIndex((pane) => pane.contains(document.activeElement))
  const next = all[(at + 1) % all.length]
  if (next) focusInside(next)
}

function focusInside(pane: HTMLElement): void {
  const best = pane.querySelector<HTMLElement>('[data-pane-focus], canvas') ?? pane
  best.focus()
}
