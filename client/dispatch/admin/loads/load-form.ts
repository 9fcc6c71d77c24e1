/** How one file is to be read, as chosen on screen, and the question that goes with the file. */
import type { AreaLevel } from '#contract/areas'
import type { Datum, LoadKind } from '#contract/loads'
import type { SentQuery } from '#contract/routes'

export interface LoadForm {
  /** '' = found out from the file. */
  kind: LoadKind | ''
  datum: Datum
  level: AreaLevel | ''
  timeZone: string
  /** field → column of the file; '' = found by its name. */
  columns: Readonly<Record<string, string>>
  skipRefused: boolean
}

export const newLoadForm = (timeZone: string): LoadForm => ({
  kind: '',
  datum: 'wgs84',
  level: '',
  timeZone,
  columns: {},
  skipRefused: false,
})

/** "field=column,field=column"; a column whose name holds the marks of this notation cannot be named in it. */
export function mappingText(columns: LoadForm['columns']): string | undefined {
  const parts = Object.entries(columns)
    .filter(([, column]) => column !== '' && !/[,，=]/.test(column))
    .map(([field, column]) => `${field}=${column}`)
  return parts.length === 0 ? undefined : parts.join(',')
}

export function loadQuery(fileName: string, form: LoadForm): SentQuery<'loads.run'> {
  return {
    fileName: fileName.slice(-200),
    kind: form.kind || undefined,
    datum: form.datum,
    level: form.kind === 'areas' || form.kind === '' ? form.level || undefined : undefined,
    timeZone: form.timeZone,
    map: form.kind === '' ? undefined : mappingText(form.columns),
    skipRefused: form.skipRefused ? 'yes' : undefined,
  }
}

export const isGeoJsonName = (fileName: string) => /\.(geo)?json$/i.test(fileName)
