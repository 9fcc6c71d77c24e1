/** How much ground a pixel shows. The map library's tiles are 512 pixels wide. */

/** Metres a pixel at zoom 0 on the equator. */
const EQUATOR_METRES = 78_271.516964

const atLatitude = (latitude: number) => EQUATOR_METRES * Math.cos((latitude * Math.PI) / 180)

/** Metres under one pixel. */
export const metresPerPixel = (zoom: number, latitude: number) => atLatitude(latitude) / 2 ** zoom

/** The zoom at which a pixel shows so many metres. */
export const zoomAt = (metres: number, latitude: number) => Math.log2(atLatitude(latitude) / metres)
