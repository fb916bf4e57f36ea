import { existsSync } from 'node:fs'
import { isFault } from '../../core/base/fault.ts'
import { BoxStore } from '../../core/boxes/store.ts'
import { ProfileLock } from '../../core/vault/profile-lock.ts'
import { askHealth, type Health } from './health.ts'
import { NodeHome } from './home.ts'
import type { NodeOptions } from './options.ts'

/** Said with --check where the node does not run, or runs and does not answer. */
export class Unhealthy extends Error {
  override readonly name = 'Unhealthy'
}

interface Stopped {
  readonly running: false
  readonly boxes: number
  readonly bytes: number
  readonly quota: number
  readonly workBits: number
  /** Whether SQLite can read the store: where not, the next run puts it aside. */
  readonly damaged: boolean
}

type Status = Health | Stopped | { readonly running: true; readonly answers: false }

/** What the node of a folder does and holds. @throws Unhealthy */
export async function status({ directory, json, check }: NodeOptions, say: (line: string) => void): Promise<void> {
  const now = await look(new NodeHome(directory))
  if (check) {
    if (!('connections' in now)) throw new Unhealthy('The node does not run, or does not answer.')
    return
  }
  if (json) say(JSON.stringify(now))
  else for (const line of inWords(now)) say(line)
}

async function look(home: NodeHome): Promise<Status> {
  const port = home.metricsPort()
  const health = port === undefined ? undefined : await askHealth(port)
  if (health !== undefined) return health
  // the lock is asked last: to hold it, if for a moment, would be in the way of a node that starts
  if (await isLocked(home.directory)) return { running: true, answers: false }
  const { workBits, quotaMiB } = home.config()
  return { running: false, ...held(home.storePath, quotaMiB * 1024 ** 2), workBits }
}

/** Whether another process holds the folder. */
async function isLocked(directory: string): Promise<boolean> {
  const lock = new ProfileLock(directory)
  try {
    await lock.start()
  } catch (error) {
    if (isFault(error, 'profile-in-use')) return true
    throw error
  }
  await lock.stop()
  return false
}

function held(path: string, quota: number): Omit<Stopped, 'running' | 'workBits'> {
  const none = { boxes: 0, bytes: 0, quota, damaged: false }
  if (!existsSync(path)) return none
  try {
    const store = BoxStore.open(path, quota)
    const { count, bytes } = store
    store.close()
    return { ...none, boxes: count, bytes }
  } catch (error) {
    if (isFault(error, 'vault-damaged')) return { ...none, damaged: true }
    throw error
  }
}

function inWords(now: Status): string[] {
  if (now.running && !('connections' in now)) {
    return ['The node runs. It tells no numbers ("metrics" in node.json), or is just starting.']
  }
  const store = [
    row('boxes', `${whole(now.boxes)}, ${mebibytes(now.bytes)} of ${mebibytes(now.quota)} MiB`),
    row('proof of work', `${now.workBits} bits`),
  ]
  if (!now.running) {
    return [
      now.damaged
        ? 'The node does not run. Its boxes cannot be read: at the next run it puts them aside and begins without.'
        : 'The node does not run.',
      ...store,
    ]
  }
  const { counts, relay } = now
  return [
    'The node runs.',
    ...store,
    row('disk free', `${mebibytes(now.diskFree)} MiB`),
    row('connections', `${whole(now.connections)}, ${whole(now.neighbours)} of them with other nodes`),
    row('relay', `${whole(relay.reservations)} members reachable, ${whole(relay.connections)} pairs talking`),
    row('since start', `${whole(counts.stored)} boxes taken, ${whole(sum(counts.refusals))} requests refused`),
    ...(now.setAside ? ['A damaged store was put aside at this start: boxes.db.damaged. Look after this disk.'] : []),
  ]
}

function row(name: string, words: string): string {
  return `  ${name.padEnd(14)} ${words}`
}

function whole(count: number): string {
  return Math.round(count).toLocaleString('en')
}

function mebibytes(bytes: number): string {
  return (bytes / 1024 ** 2).toLocaleString('en', { maximumFractionDigits: 1 })
}

function sum(tally: Readonly<Record<string, number>>): number {
  return Object.values(tally).reduce((all, count) => all + count, 0)
}
