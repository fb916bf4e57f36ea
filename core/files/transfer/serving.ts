import { equal, type Bytes } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import type { BlobReader } from '../blobs.ts'
import { chunksEach, chunksOf, segmentsOf } from '../limits.ts'
import type { FileOffer } from '../offer.ts'
import { firstCredit } from './fetching.ts'
import type { Frame } from './frames.ts'
import { askProof, ChunkSealer, type Asking } from './sealing.ts'
import type { TransferTiming } from './timing.ts'
import { window, type FileWire } from './wire.ts'

/** An own file, as it is given to whoever may have it. */
export interface Source {
  readonly offer: FileOffer
  readonly hashes: readonly Bytes[]
  readonly reader: BlobReader
  /** How many chunks the other has got, after each. */
  readonly moved: (chunks: number) => void
}

export type Ask = Extract<Frame, { kind: 'ask' }>

/** @throws Fault `bad-signature` where the asker does not have the offer, `malformed` where they ask beyond its end */
export function checkAsk(ask: Ask, offer: FileOffer, asking: Omit<Asking, 'segment'>): void {
  if (!equal(ask.proof, askProof(offer, { ...asking, segment: ask.segment }))) {
    throw new Fault('bad-signature', 'A file is asked for by somebody to whom it was not offered')
  }
  if (ask.segment >= segmentsOf(offer.size)) throw new Fault('malformed', 'More of a file than there is')
}

/**
 * Sends a file from the segment that was asked for on, as fast as the other
 * grants it. PROTOCOL.md section "Fetching a file".
 *
 * @returns once the other said that all of it is there and right
 * @throws Fault `timeout`, `unreachable`, `malformed`, `unreadable`, `disk-full`, `cancelled`
 */
export async function serveFile(
  wire: FileWire,
  { offer, hashes, reader, moved }: Source,
  { segment, timing }: { readonly segment: number; readonly timing: TransferTiming },
  signal: AbortSignal,
): Promise<void> {
  const sealer = new ChunkSealer(offer)
  const chunks = chunksOf(offer.size)
  const first = segment * chunksEach
  let granted = Math.min(first + firstCredit, chunks)
  let ahead = reader.chunk(first)
  // one that is not waited for any more must not end the process
  ahead.catch(() => {})
  await wire.write({ kind: 'begin', hashes }, timing.answer, signal)
  for (let index = first; index < chunks; index++) {
    while (index >= granted) granted = grant(await wire.read(timing.stall, signal), { granted, sent: index, chunks })
    const content = await ahead
    if (index + 1 < chunks) {
      ahead = reader.chunk(index + 1)
      ahead.catch(() => {})
    }
    await wire.writeChunk(index, sealer.seal(index, content), timing.stall, signal)
    moved(index + 1)
  }
  // grants that crossed the last chunks come first
  for (;;) {
    const frame = await wire.read(timing.stall, signal)
    if (frame.kind === 'done') return
    granted = grant(frame, { granted, sent: chunks, chunks })
  }
}

/** A grant only ever grows, and no further than a window. */
function grant(frame: Frame, { granted, sent, chunks }: { granted: number; sent: number; chunks: number }): number {
  if (frame.kind !== 'credit') throw new Fault('malformed', 'Not a grant')
  const bound = Math.min(sent + window, chunks)
  if (frame.chunks <= granted || frame.chunks > bound)
    throw new Fault('malformed', 'A grant of too few or too many chunks')
  return frame.chunks
}
