/** How long sessions and links live, in milliseconds. */
const MINUTE_MS = 60_000

/** A session ends after a long shift, whatever happens. */
export const SESSION_MS = 12 * 60 * MINUTE_MS
/** A phone of one's own has a lock of its own, and a duty must go on when nobody touches the screen; it can be withdrawn. */
export const FIELD_SESSION_MS = 90 * 24 * 60 * MINUTE_MS
/** Left alone for this long, a desk is locked: somebody else may sit down at it. */
export const IDLE_LOCK_MS = 30 * MINUTE_MS
/** Long enough to walk over to a colleague with a link, short enough that a forgotten one is dead by lunch. */
export const LINK_MS = 30 * MINUTE_MS
