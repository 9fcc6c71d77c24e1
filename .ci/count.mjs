// Prints "PASSED OTHERS" of a Vitest or Playwright JSON report; skipped, flaky and unfinished tests are not passes.
import { readFileSync } from 'node:fs'

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'))
if (report.stats) {
  const { expected, unexpected, flaky, skipped } = report.stats
  print(expected, unexpected + flaky + skipped + report.errors.length)
} else {
  const files = report.testResults
  const tests = files.flatMap((file) => file.assertionResults)
  const good = tests.filter((test) => test.status === 'passed').length
  // A file that fails before its first test has no tests to count.
  const empty = files.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length
  print(good, tests.length - good + empty)
}

function print(good, bad) {
  if (good + bad === 0) process.exit(1)
  console.log(good, bad)
}
