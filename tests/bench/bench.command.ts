/**
 * `npm run bench [-- SUITE… --only=P1,P3]`: runs suites, prints a table, writes bench-results.json; exit code 1 when a
 * goal is missed. `--only` asks for the figures of some ids; suites that cannot part theirs run whole.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Measurement, toMeasurement } from './bench.ts'
import { suites } from './suites.ts'

const { positionals: wanted, values } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true })
const only = values.only?.split(',') ?? null
const unknown = wanted.filter((name) => !suites.some((suite) => suite.name === name))
if (unknown.length > 0) {
  console.error(`No suite ${unknown.join(', ')}. There is: ${suites.map(({ name }) => name).join(', ')}.`)
  process.exit(2)
}

const measurements: Measurement[] = []
for (const suite of suites) {
  if (wanted.length > 0 && !wanted.includes(suite.name)) continue
  await suite.run({
    wants: (...ids) => only === null || ids.some((id) => only.includes(id)),
    say: (line) => console.log(`${suite.name}: ${line}`),
    record(figure) {
      const measurement = toMeasurement(suite.name, figure)
      measurements.push(measurement)
      console.log(`${suite.name}: ${line(measurement)}`)
    },
  })
}

console.table(
  measurements.map(({ value, peerValue, ratio, met, spread, ...rest }) => ({
    ...rest,
    value: shown(value),
    'peer value': peerValue === undefined ? '' : shown(peerValue),
    ratio: ratio === null ? '' : shown(ratio),
    'min–max': spread ? `${shown(spread.min)}–${shown(spread.max)}` : '',
    rounds: spread?.rounds ?? '',
    met: met === null ? '' : met ? 'yes' : 'NO',
  })),
  ['suite', 'id', 'value', 'unit', 'peer', 'peer value', 'ratio', 'min–max', 'rounds', 'goal', 'met'],
)
writeFileSync('bench-results.json', `${JSON.stringify(measurements, null, 2)}\n`)
process.exit(measurements.some(({ met }) => met === false) ? 1 : 0)

function line({ id, value, unit, peer, peerValue, ratio, goal, met, spread, missing }: Measurement): string {
  const against = peer === null ? '' : `; ${peer}${peerValue === undefined ? '' : ` ${shown(peerValue)}`}`
  const times = ratio === null ? '' : `; ratio ${shown(ratio)}`
  const range = spread ? `, ${shown(spread.min)}–${shown(spread.max)} in ${spread.rounds} rounds` : ''
  const verdict = met === null ? '' : met ? ', met' : ', MISSED'
  const held = goal === null ? '' : ` (goal ${goal}${verdict}${missing === undefined ? '' : `: ${missing}`})`
  return `${id} = ${shown(value)} ${unit}${against}${times}${range}${held}`
}

function shown(value: number | null): string {
  if (value === null) return 'not measured'
  return Number.isInteger(value) || Math.abs(value) >= 1_000 ? String(Math.round(value)) : value.toPrecision(3)
}
