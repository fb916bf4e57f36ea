import { Worker } from 'node:worker_threads'
import { hex } from '../../core/base/bytes.ts'
import type { Failure } from './report.ts'
import { inputOf } from './run.ts'
import { targets } from './targets.ts'
import type { Done, Work } from './worker.ts'

/** A decoder that is at the same input for so long will never come back. */
const hangMs = 30_000
/** More than this is not left over from what was decoded. */
const mostHeapMiB = 48

/** All decoders, in a thread that is ended where one of them never comes back. */
export async function fuzzDecoders(seed: number, ms: number, iterations?: number): Promise<Done> {
  const progress = new Int32Array(new SharedArrayBuffer(8))
  const work: Work = { seed, ms, iterations: iterations ?? null, progress }
  const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: work })
  const { promise, resolve, reject } = Promise.withResolvers<Done>()
  worker.once('message', resolve)
  worker.once('error', reject)
  let last = ''
  let since = performance.now()
  const watch = setInterval(() => {
    const now = progress.join()
    if (now !== last) {
      last = now
      since = performance.now()
    } else if (performance.now() - since > hangMs) {
      resolve({ targets: [], failures: [hang(seed, progress)], heapGrowthMiB: 0 })
    }
  }, 500)
  try {
    const done = await promise
    if (done.heapGrowthMiB <= mostHeapMiB) return done
    const what = `${Math.round(done.heapGrowthMiB)} MiB were kept`
    const kept: Failure = { target: 'all decoders', kind: 'memory', seed, iteration: 0, what, input: '' }
    return { ...done, failures: [...done.failures, kept] }
  } finally {
    clearInterval(watch)
    await worker.terminate()
  }
}

function hang(seed: number, [index = 0, iteration = 0]: Int32Array): Failure {
  const target = targets[index]
  const input = target === undefined ? '' : hex(inputOf(target, seed, iteration))
  return { target: target?.name ?? '', kind: 'hang', seed, iteration, what: `nothing for ${hangMs} ms`, input }
}
