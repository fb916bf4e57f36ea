import { parentPort, workerData } from 'node:worker_threads'
import { heapInUse } from '../harness/heap.ts'
import { run, type RunResult } from './run.ts'
import { targets } from './targets.ts'

/** What `decoders.ts` gives a thread of its own, so that a decoder that never comes back can be stopped. */
export interface Work {
  readonly seed: number
  readonly ms: number
  readonly iterations: number | null
  /** Index of the target, iteration. */
  readonly progress: Int32Array<SharedArrayBuffer>
}

export interface Done extends RunResult {
  readonly heapGrowthMiB: number
}

const { seed, ms, iterations, progress } = workerData as Work
const onInput = (target: number, iteration: number): void => {
  progress[0] = target
  progress[1] = iteration
}
// what is made once must not count as kept
run(targets, { seed: seed + 1, ms, iterations: 50 })
const before = heapInUse()
const result = run(targets, { seed, ms, onInput, ...(iterations === null ? {} : { iterations }) })
const done: Done = { ...result, heapGrowthMiB: heapInUse() - before }
parentPort?.postMessage(done)
