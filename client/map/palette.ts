/**
 * Colours of the map in both themes. Those with a token's name are the tokens of client/styles/tokens.css (a test holds
 * them equal); a map library cannot read CSS variables.
 */
import type { MapTheme } from './map-model.ts'

const dark = {
  bg: '#0b1220',
  panel: '#101a2b',
  land: '#121c2e',
  water: '#0a1830',
  ink: '#e8eef6',
  ink2: '#9fb3c8',
  ink3: '#8598af',
  accent: '#35c4f0',
  onAccent: '#06202b',
  urgentMark: '#ff6b57',
  warningMark: '#ffb000',
  active: '#56b4e9',
  done: '#35b58a',
  offline: '#7a8796',
  gridLine: '#5d7596',

  /** People and teams: neutral, for blue is a case on time. */
  people: '#dde7f3',

  /** Around marks and labels, so that they stand off whatever is below. */
  halo: '#0b1220',
  park: '#152c30',
  field: '#142531',
  pitch: '#183430',
  builtUp: '#151f33',
  paved: '#18233a',
  waterLabel: '#6f8fbd',
  road: '#2b3a58',
  roadCasing: '#0e1626',
  bridgeCasing: '#3d5076',
  path: '#33456a',
  tunnel: '#202c46',
  rail: '#465a80',
  building: '#2c3d5f',
  buildingLine: '#3f5480',
  buildingPoint: '#7590bd',
  /** Fill of the grids: alpha by the five steps. */
  choropleth: '#6aa3dc',
  choroplethAlpha: [0, 0.2, 0.36, 0.52, 0.6] as const,
  communityLine: '#c3d0e2',
  streetLine: '#e8eef6',
  veil: '#0b1220',
  selectedTint: 0.14,
}

const light: MapPalette = {
  bg: '#eef2f6',
  panel: '#ffffff',
  land: '#f6f7f8',
  water: '#cfe0ef',
  ink: '#16202e',
  ink2: '#47566a',
  ink3: '#5c6b7e',
  accent: '#00739c',
  onAccent: '#ffffff',
  urgentMark: '#c8321d',
  warningMark: '#b97a00',
  active: '#0b6bae',
  done: '#13795a',
  offline: '#687586',
  gridLine: '#7c8ca0',

  people: '#1e2d42',

  halo: '#ffffff',
  park: '#dcebdd',
  field: '#e9f0e6',
  pitch: '#cbe2cf',
  builtUp: '#eff1f4',
  paved: '#e9ecf0',
  waterLabel: '#4a76a3',
  road: '#ffffff',
  roadCasing: '#d3dae2',
  bridgeCasing: '#aab7c6',
  path: '#ffffff',
  tunnel: '#dfe6ee',
  rail: '#a9b5c3',
  building: '#d5dde7',
  buildingLine: '#b8c4d3',
  buildingPoint: '#8798ad',
  choropleth: '#2d69bd',
  choroplethAlpha: [0, 0.12, 0.23, 0.34, 0.46],
  communityLine: '#33455c',
  streetLine: '#16202e',
  veil: '#eef2f6',
  selectedTint: 0.14,
}

export type MapPalette = Omit<typeof dark, 'choroplethAlpha'> & {
  choroplethAlpha: readonly [number, number, number, number, number]
}

export const palettes: Readonly<Record<MapTheme, MapPalette>> = { dark, light }
