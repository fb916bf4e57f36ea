import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'

/** What `npm run bench` and `npm run faults` take, all suites alike. */
export interface HarnessOptions {
  readonly suite: string
  readonly seed: number
  readonly runs: number
  readonly json: boolean
}

/** Exits with status 2 and a sentence where the words are off. */
export function harnessOptions(command: string, suites: readonly string[], defaultRuns: number): HarnessOptions {
  const usage = `npm run ${command} -- ${suites.join('|')} [--seed S] [--runs N] [--json]`
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { seed: { type: 'string' }, runs: { type: 'string' }, json: { type: 'boolean', default: false } },
    })
    const [suite] = positionals
    if (suite === undefined || positionals.length > 1) throw new Error('Name one suite.')
    if (!suites.includes(suite)) throw new Error(`There is no suite "${suite}".`)
    const whole = (name: string, text: string | undefined, other: number): number => {
      if (text === undefined) return other
      if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} takes a whole number.`)
      return Number(text)
    }
    return {
      suite,
      seed: whole('seed', values.seed, randomInt(1_000_000)),
      runs: whole('runs', values.runs, defaultRuns),
      json: values.json,
    }
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : 'Bad words.'}\nUsage: ${usage}`)
    return process.exit(2)
  }
}
