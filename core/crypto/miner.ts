import { Worker } from 'node:worker_threads'
import { Fault } from '../base/fault.ts'
import { Reader } from '../base/reader.ts'
import { random } from './random.ts'
import { workBits } from './work.ts'
import type { MinerReport, MinerTask } from './miner-thread.ts'

/** Higher asks are refused: a node that lies must not make a device mine for hours. About 4 min on one core. */
export const maxWorkBits = 28

/** Up to 1,024 tries on average are done at once: a thread would take ten times as long to start. */
const hereBits = 10

export interface MineOptions {
  readonly signal?: AbortSignal
  /** How likely it was to be done by now, 0 to 1: 1 - e^(-tried / 2^bits). */
  readonly onProgress?: (fraction: number) => void
}

/**
 * Finds a nonce whose work is at least `bits`, on a thread of its own.
 *
 * @param digest 32 bytes that the work is bound to
 * @throws Fault `work-too-hard` over `maxWorkBits`, `cancelled` when aborted
 */
export async function mine(
  digest: Uint8Array,
  bits: number,
  { signal, onProgress }: MineOptions = {},
): Promise<bigint> {
  if (!(bits <= maxWorkBits)) throw new Fault('work-too-hard', 'More proof of work is asked for than this app gives')
  if (signal?.aborted === true) throw new Fault('cancelled', 'Mining was cancelled')
  if (bits <= hereBits) return mineHere(digest, bits)
  const task: MinerTask = { digest, bits, first: new Reader(random(8)).u64() }
  const worker = new Worker(threadUrl(), { workerData: task })
  try {
    return await new Promise<bigint>((resolve, reject) => {
      let tried = 0
      worker.on('message', (report: MinerReport) => {
        tried += report.tried
        onProgress?.(1 - Math.exp(-tried / 2 ** bits))
        if ('found' in report) resolve(report.found)
      })
      worker.once('error', (cause) => reject(new Fault('internal', 'The mining thread failed', { cause })))
      worker.once('exit', () => reject(new Fault('internal', 'The mining thread ended early')))
      signal?.addEventListener('abort', () => reject(new Fault('cancelled', 'Mining was cancelled')), { once: true })
    })
  } finally {
    await worker.terminate()
  }
}

function mineHere(digest: Uint8Array, bits: number): bigint {
  let nonce = new Reader(random(8)).u64()
  while (workBits(digest, nonce) < bits) nonce = BigInt.asUintN(64, nonce + 1n)
  return nonce
}

/** The sources run as they are (.ts); Electron's build sits beside this file as .js. */
function threadUrl(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? './miner-thread.ts' : './miner-thread.js', import.meta.url)
}
