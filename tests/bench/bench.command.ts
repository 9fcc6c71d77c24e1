/** `npm run bench [-- SUITE…]`: runs suites, prints a table, writes bench-results.json; exit code 1 when a goal is missed. */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Measurement, toMeasurement } from './bench.ts'
import { suites } from './suites.ts'

const wanted = parseArgs({ strict: false, allowPositionals: true }).positionals
const unknown = wanted.filter((name) => !suites.some((suite) => suite.name === name))
if (unknown.length > 0) {
  console.error(`No suite ${unknown.join(', ')}. There is: ${suites.map(({ name }) => name).join(', ')}.`)
  process.exit(2)
}

const measurements: Measurement[] = []
for (const suite of suites) {
  if (wanted.length > 0 && !wanted.includes(suite.name)) continue
  await suite.run({
    say: (line) => console.log(`${suite.name}: ${line}`),
    record(figure) {
      const measurement = toMeasurement(suite.name, figure)
      measurements.push(measurement)
      console.log(`${suite.name}: ${line(measurement)}`)
    },
  })
}

console.table(
  measurements.map(({ value, ratio, met, ...rest }) => ({
    ...rest,
    value: shown(value),
    ratio: ratio === null ? '' : shown(ratio),
    met: met === null ? '' : met ? 'yes' : 'NO',
  })),
  ['suite', 'id', 'value', 'unit', 'peer', 'ratio', 'goal', 'met'],
)
writeFileSync('bench-results.json', `${JSON.stringify(measurements, null, 2)}\n`)
process.exit(measurements.some(({ met }) => met === false) ? 1 : 0)

function line({ id, value, unit, goal, met }: Measurement): string {
  const verdict = met === null ? '' : met ? ', met' : ', MISSED'
  return `${id} = ${shown(value)} ${unit}${goal ? ` (goal ${goal}${verdict})` : ''}`
}

function shown(value: number | null): string {
  if (value === null) return 'not measured'
  return Number.isInteger(value) ? String(value) : value.toPrecision(3)
}
