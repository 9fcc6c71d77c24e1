/** A QR code as the path of its dark modules, so that it is drawn without any markup injection. */
import { create } from 'qrcode'

export interface QrPath {
  /** Modules on a side. */
  size: number
  /** SVG path in module units: one run of dark modules after the other. */
  path: string
}

/** Correction level M bears a scratched screen or print; the code stays small enough for a phone at arm's length. */
export function qrPath(text: string): QrPath {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const runs: string[] = []
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (!modules.get(row, column)) continue
      const start = column
      while (column < modules.size && modules.get(row, column)) column++
      runs.push(`M${start} ${row}h${column - start}v1h-${column - start}z`)
    }
  }
  return { size: modules.size, path: runs.join('') }
}
