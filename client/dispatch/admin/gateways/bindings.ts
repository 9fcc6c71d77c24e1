/** Which device stands for whom, as the form holds it: a pasted list read, names told apart. */
import { MAX_GATEWAY_DEVICES } from '#contract/duty'

export interface Binding {
  device: string
  memberCode: string
  /** null = pasted by code; the server knows him. */
  memberName: string | null
}

export interface PastedBindings {
  bindings: Binding[]
  /** Lines that are no "device, code", by number from 1. */
  wrongLines: number[]
}

/** Reads "device, member code" line by line; comma, semicolon or tab between them, quotes and a heading line allowed. */
export function readPasted(text: string): PastedBindings {
  const read: PastedBindings = { bindings: [], wrongLines: [] }
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === '' || (index === 0 && isHeading(line))) continue
    const [device = '', memberCode = '', ...rest] = line.split(/[,，;；\t]/).map(bare)
    const isWhole = device !== '' && memberCode !== '' && rest.every((more) => more === '')
    if (isWhole && device.length <= 100 && memberCode.length <= 40)
      read.bindings.push({ device, memberCode, memberName: null })
    else read.wrongLines.push(index + 1)
  }
  return read
}

const bare = (cell: string) =>
  cell
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim()
const isHeading = (line: string) => /^"?(device|设备)/i.test(line.trim())

/** Puts bindings in; a device stands for one person, so a name that is there already is bound anew. Sorted by device. */
export function withBindings(bindings: readonly Binding[], more: readonly Binding[]): Binding[] {
  const byDevice = new Map([...bindings, ...more].map((binding) => [binding.device, binding]))
  return [...byDevice.values()]
    .sort((a, b) => a.device.localeCompare(b.device, 'zh-CN', { numeric: true }))
    .slice(0, MAX_GATEWAY_DEVICES)
}

export const withoutDevice = (bindings: readonly Binding[], device: string) =>
  bindings.filter((binding) => binding.device !== device)

/** The roster codes that the server says nobody has; null when it said something else. */
export const unknownCodes = (reason: string): string | null =>
  /^nobody has the roster code (.+)$/.exec(reason)?.[1] ?? null
