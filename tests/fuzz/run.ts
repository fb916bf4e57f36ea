import { equal, hex, type Bytes } from '../../core/base/bytes.ts'
import { isFault } from '../../core/base/fault.ts'
import { Chance } from './chance.ts'
import { minimise } from './minimise.ts'
import { mutate } from './mutate.ts'
import { words, type Failure, type FailureKind, type TargetReport } from './report.ts'
import type { Target } from './target.ts'

/** No decoder may take so long for one input of at most 80 KiB, on a busy machine too. */
const slowMs = 1_000
/** Iterations of one target before the next has its turn. */
const turn = 50
/** Failures of one target that are kept: the first ones say enough. */
const mostFailures = 5

export interface RunOptions {
  readonly seed: number
  /** Ends after so many milliseconds, */
  readonly ms: number
  /** or after so many iterations of each target. */
  readonly iterations?: number
  /** Told before each input: a decoder that never comes back can be named. */
  readonly onInput?: (target: number, iteration: number) => void
}

export interface RunResult {
  readonly targets: readonly TargetReport[]
  readonly failures: readonly Failure[]
}

/** The input of one iteration: the same for the same seed, whatever ran before. */
export function inputOf(target: Target, seed: number, iteration: number): Bytes {
  return mutate(target, new Chance(seed, target.name, iteration))
}

/** All targets in turn, until the time or the iterations are used up. The corpus as it is comes first. */
export function run(targets: readonly Target[], options: RunOptions): RunResult {
  const { seed, ms, iterations = Infinity, onInput } = options
  const runs = targets.map((target, index) => new TargetRun(target, seed, (iteration) => onInput?.(index, iteration)))
  for (const each of runs) each.begin()
  const deadline = performance.now() + ms
  for (let from = 0; from < iterations && performance.now() < deadline; from += turn) {
    for (const each of runs) each.go(from, Math.min(from + turn, iterations))
  }
  return { targets: runs.map((each) => each.report), failures: runs.flatMap(({ failures }) => failures) }
}

interface Trouble {
  readonly kind: FailureKind
  readonly what: string
}

class TargetRun {
  readonly failures: Failure[] = []
  readonly #target: Target
  readonly #seed: number
  readonly #onInput: (iteration: number) => void
  #iterations = 0
  #accepted = 0
  #slowestMs = 0

  constructor(target: Target, seed: number, onInput: (iteration: number) => void) {
    this.#target = target
    this.#seed = seed
    this.#onInput = onInput
  }

  get report(): TargetReport {
    const { name } = this.#target
    return { name, iterations: this.#iterations, accepted: this.#accepted, slowestMs: this.#slowestMs }
  }

  /** What is valid must be taken: else the mutations would never come near to it. */
  begin(): void {
    for (const [index, input] of this.#target.corpus.entries()) {
      const { trouble, fault } = attempt(this.#target, input)
      const refused = fault === undefined ? undefined : { kind: 'mismatch' as const, what: `a valid input: ${fault}` }
      const found = trouble ?? refused
      if (found !== undefined) this.#note(found, -1 - index, input)
    }
  }

  go(from: number, to: number): void {
    for (let iteration = from; iteration < to; iteration++) {
      if (this.failures.length >= mostFailures) return
      this.#onInput(iteration)
      const input = inputOf(this.#target, this.#seed, iteration)
      const { trouble, accepted, ms } = attempt(this.#target, input)
      this.#iterations++
      if (accepted) this.#accepted++
      this.#slowestMs = Math.max(this.#slowestMs, ms)
      if (trouble === undefined) continue
      const { kind } = trouble
      const shortest = minimise(input, (candidate) => attempt(this.#target, candidate).trouble?.kind === kind)
      this.#note(trouble, iteration, shortest)
    }
  }

  #note({ kind, what }: Trouble, iteration: number, input: Bytes): void {
    const { name } = this.#target
    this.failures.push({ target: name, kind, seed: this.#seed, iteration, what, input: hex(input) })
  }
}

interface Attempt {
  readonly accepted: boolean
  readonly ms: number
  readonly trouble?: Trouble
  /** The promised Fault that was thrown. */
  readonly fault?: string
}

function attempt({ again, faults }: Target, input: Bytes): Attempt {
  // a decoder that writes into what it is given would change the next one's input
  const given = input.slice()
  const from = performance.now()
  let accepted = false
  let trouble: Trouble | undefined
  let fault: string | undefined
  try {
    const result = again(given)
    accepted = result !== 'refused'
    if (typeof result !== 'string' && !equal(result, input)) {
      trouble = { kind: 'mismatch', what: `encoded again as ${hex(result)}` }
    }
  } catch (error) {
    if (isFault(error, ...faults) && faults.length > 0) fault = error.code
    else trouble = { kind: 'crash', what: words(error) }
  }
  const ms = performance.now() - from
  if (!equal(given, input)) trouble ??= { kind: 'mismatch', what: 'the decoder changes its input' }
  if (ms > slowMs) trouble ??= { kind: 'hang', what: `took ${Math.round(ms)} ms` }
  return { accepted, ms, ...(trouble === undefined ? {} : { trouble }), ...(fault === undefined ? {} : { fault }) }
}
