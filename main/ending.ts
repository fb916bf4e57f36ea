import type { Log } from '../core/base/log.ts'
import { stopAll, type Service } from '../core/base/service.ts'

/** Longest wait for a clean stop, in milliseconds. */
const stopPatience = 10_000
/** Ctrl+C reaches a program from the terminal, and under `npm run` a second time from npm: that is one wish. */
const sameWish = 500

export interface Ending {
  /** Stopped in reverse; may grow while the program starts. */
  readonly running: readonly Service[]
  readonly log: Log
  /** Called when a clean stop begins, and when all have stopped. */
  readonly onStop?: () => void
  readonly onStopped?: () => void
}

/** Ends the process, cleanly where that works in time. */
export function stopAndExit({ running, onStop, onStopped }: Ending, status: number): void {
  setTimeout(() => process.exit(1), stopPatience).unref()
  onStop?.()
  stopAll(running).then(
    () => {
      onStopped?.()
      process.exit(status)
    },
    () => process.exit(1),
  )
}

/** The first signal stops cleanly, a later one at once. */
export function stopOnSignal(ending: Ending): void {
  let first: number | undefined
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (first === undefined) {
        first = performance.now()
        stopAndExit(ending, 0)
      } else if (performance.now() - first > sameWish) process.exit(1)
    })
  }
}

/**
 * A promise that nobody held, somewhere below, must not end a person's
 * conversation or take away a community's boxes. An error that nobody caught
 * must: but not with a stack.
 *
 * @param sentence what is said then
 */
export function surviveStrays(ending: Ending, sentence: string): void {
  process.on('unhandledRejection', () => ending.log.write('error', 'process.stray-rejection'))
  process.once('uncaughtException', () => {
    console.error(sentence)
    stopAndExit(ending, 1)
  })
  // a terminal that was closed cannot be written to
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
}
