import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'

/** What every command of ours for the terminal takes besides its own numbers. */
export interface Options<Name extends string> {
  /** Empty where the command has no suites. */
  readonly suite: string
  readonly json: boolean
  /** Whole numbers by name. */
  readonly numbers: Readonly<Record<Name, number>>
}

/**
 * Reads `npm run COMMAND -- [SUITE] [--NAME N …] [--json]`. Exits with status 2
 * and a sentence where the words are off.
 *
 * @param suites one of which must be named; none where the command has none
 * @param defaults the numbers that may be given, and what they are otherwise
 */
export function readOptions<Name extends string>(
  command: string,
  suites: readonly string[],
  defaults: Readonly<Record<Name, number>>,
): Options<Name> {
  const names = Object.keys(defaults) as Name[]
  const usage = ['npm run', command, '--', suites.join('|'), ...names.map((name) => `[--${name} N]`), '[--json]']
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        ...Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
        json: { type: 'boolean' as const, default: false },
      },
    })
    const [suite = ''] = positionals
    if (positionals.length !== Math.min(1, suites.length)) throw new Error('Name one suite.')
    if (suites.length > 0 && !suites.includes(suite)) throw new Error(`There is no suite "${suite}".`)
    const said: Readonly<Record<string, unknown>> = values
    const numbers = names.map((name) => [name, whole(name, said[name], defaults[name])] as const)
    return { suite, json: said['json'] === true, numbers: Object.fromEntries(numbers) as Record<Name, number> }
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : 'Bad words.'}\nUsage: ${usage.join(' ')}`)
    return process.exit(2)
  }
}

/** For `--seed` where none is given: printed, so that the run can be made again. */
export function freshSeed(): number {
  return randomInt(1_000_000)
}

function whole(name: string, text: unknown, other: number): number {
  if (text === undefined) return other
  if (typeof text !== 'string' || !/^\d{1,9}$/.test(text)) throw new Error(`--${name} takes a whole number.`)
  return Number(text)
}
