/**
 * How one person lies in memory: 64 bytes, the length of a cache line. Those near each other on the map lie far apart in
 * memory, so looking at one costs a wait for memory; with a record of one line it is one wait, and not one a field.
 */

export const RECORD_BYTES = 64
export const RECORD_DOUBLES = RECORD_BYTES / 8
/** Of four bytes: Int32, and Float32 for the accuracy. */
export const RECORD_WORDS = RECORD_BYTES / 4

// Doubles.
export const LONGITUDE = 0
export const LATITUDE = 1
export const FIX_AT = 2
// Words from here on: 24 bytes are taken.
export const HANDLE = 6
export const AREA_ORDER = 7
export const STALE_AFTER = 8
/** The one Float32. */
export const ACCURACY = 9
/** How frames show him, and at which instant they do: worked out once for all screens of a tick. */
export const LOOK = 11
export const LOOKED_AT = 6
// Bytes from here on: 40 are taken, and 44 to 55.
export const HEADING_CODE = 40
export const ACCURACY_CODE = 41
export const FLAGS = 42
