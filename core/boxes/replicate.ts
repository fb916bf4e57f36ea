import type { Clock } from '../base/clock.ts'
import { withDeadline } from '../base/deadline.ts'
import { Fault } from '../base/fault.ts'
import type { Verdict } from './acceptance.ts'
import { storeDeadline } from './limits.ts'
import { PlaceFull, type RefusalReason } from './refusal.ts'

export interface ReplicateOptions {
  readonly clock: Clock
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((fraction: number) => void) | undefined
  /** Takes what goes on after the majority is reached, so that the end can wait for it. */
  readonly background: (work: Promise<unknown>) => void
}

/** These pass by themselves, or elsewhere: the same box may be taken later. */
const passing: ReadonlySet<RefusalReason> = new Set(['busy', 'not-responsible'])

/**
 * Asks all nodes at the same time, and goes on asking the others once more than
 * half of them have done it.
 *
 * @throws Fault `box-refused` where refusals alone make a majority impossible (PlaceFull where those for want of room
 * alone do), `unreachable`, `cancelled`
 */
export async function byMajority<Node>(
  nodes: readonly Node[],
  ask: (node: Node, signal: AbortSignal) => Promise<Verdict>,
  { clock, signal, onProgress, background }: ReplicateOptions,
): Promise<void> {
  const needed = Math.floor(nodes.length / 2) + 1
  const spare = nodes.length - needed
  const counts = { done: 0, full: 0, refused: 0, failed: 0 }
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const count = (outcome: keyof typeof counts): void => {
    counts[outcome]++
    if (outcome === 'done') onProgress?.(Math.min(1, counts.done / needed))
    if (counts.done >= needed) resolve()
    else if (counts.full > spare) reject(new PlaceFull())
    else if (counts.full + counts.refused > spare) reject(new Fault('box-refused', 'Most nodes refuse the box'))
    else if (counts.full + counts.refused + counts.failed > spare && counts.failed + counts.done >= needed)
      reject(noMajority())
  }
  if (nodes.length === 0) throw noMajority()
  const asked = nodes.map((node) =>
    withDeadline(clock, storeDeadline, signal, (signal) => patiently(() => ask(node, signal), clock, signal)).then(
      (verdict) => count(outcomeOf(verdict)),
      () => count('failed'),
    ),
  )
  background(Promise.all(asked))
  const cancel = (): void => reject(new Fault('cancelled', 'Storing was cancelled'))
  signal?.addEventListener('abort', cancel, { once: true })
  if (signal?.aborted === true) cancel()
  try {
    await promise
  } finally {
    signal?.removeEventListener('abort', cancel)
  }
}

function outcomeOf(verdict: Verdict): 'done' | 'full' | 'refused' | 'failed' {
  if (verdict.type === 'done') return 'done'
  if (verdict.reason === 'quota') return 'full'
  return passing.has(verdict.reason) ? 'failed' : 'refused'
}

/** A busy node is not asked again sooner, even where it says 0: it could have us ask without a pause. */
const leastPause = 1000

/** Waits as long as a busy node says, until `signal` aborts. */
export async function patiently(ask: () => Promise<Verdict>, clock: Clock, signal: AbortSignal): Promise<Verdict> {
  for (;;) {
    const verdict = await ask()
    if (verdict.type !== 'refused' || verdict.reason !== 'busy') return verdict
    await clock.wait(Math.max(leastPause, verdict.detail * 1000), signal)
  }
}

function noMajority(): Fault {
  return new Fault('unreachable', 'Too few community nodes could be reached', { retryable: true })
}
