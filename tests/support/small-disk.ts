import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A disk of its own that can be full: a tmpfs of `sizeKiB`. */
export interface SmallDisk {
  readonly path: string
  /** Takes all that is left. */
  fill(): void
  /** Gives back what `fill` took. */
  empty(): void
  remove(): void
}

/** Mounting takes Linux and its privileges. @returns undefined where that is not allowed here */
export function smallDisk(path: string, sizeKiB: number): SmallDisk | undefined {
  mkdirSync(path, { recursive: true })
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeKiB}k`, 'staffetta-test', path])
  if (mounted.status !== 0) return undefined
  const ballast = join(path, 'ballast')
  return {
    path,
    fill() {
      for (const size of [1024 ** 2, 4096]) {
        const piece = new Uint8Array(size)
        for (;;) {
          try {
            writeFileSync(ballast, piece, { flag: 'a' })
          } catch {
            break
          }
        }
      }
    },
    empty: () => rmSync(ballast, { force: true }),
    remove() {
      spawnSync('umount', [path])
    },
  }
}
