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
/** The cell of the grid, and its other people. */
export const CELL_X = 10
export const CELL_Y = 11
export const NEXT = 12
export const PREVIOUS = 13
// Bytes from here on: 56 are taken.
export const HEADING_CODE = 56
export const ACCURACY_CODE = 57
export const FLAGS = 58
