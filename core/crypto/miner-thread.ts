import { createHash } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import { leadingZeroBits, workInput } from './work.ts'

/** What the miner gives its thread. Nonces from `first` on, every `step`-th. */
export interface MinerTask {
  readonly digest: Uint8Array
  readonly bits: number
  readonly first: bigint
  readonly step: bigint
}

/** What the thread says: how many it tried since last time, or the nonce it found. */
export type MinerReport = { readonly tried: number } | { readonly found: bigint; readonly tried: number }

const reportEvery = 1 << 16

const { digest, bits, first, step } = workerData as MinerTask
const head = workInput(digest)
const input = new Uint8Array(head.length + 8)
input.set(head)
const view = new DataView(input.buffer)

function mine(): void {
  let tried = 0
  for (let nonce = first; ; nonce = BigInt.asUintN(64, nonce + step)) {
    view.setBigUint64(head.length, nonce)
    tried++
    if (leadingZeroBits(createHash('sha256').update(input).digest()) >= bits) {
      parentPort?.postMessage({ found: nonce, tried } satisfies MinerReport)
      return
    }
    if (tried === reportEvery) {
      parentPort?.postMessage({ tried } satisfies MinerReport)
      tried = 0
    }
  }
}

mine()
