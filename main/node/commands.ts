import { text } from 'node:stream/consumers'
import { systemClock } from '../../core/base/clock.ts'
import { Fault, isFault } from '../../core/base/fault.ts'
import { jsonLog } from '../../core/base/log.ts'
import { CommunityNode } from '../../core/boxes/community-node.ts'
import { BoxStore } from '../../core/boxes/store.ts'
import { defaultWorkBits, nodeBytes } from '../../core/boxes/limits.ts'
import { decodeLink, encodeLink } from '../../core/community/link.ts'
import { random } from '../../core/crypto/random.ts'
import { ProfileLock } from '../../core/vault/profile-lock.ts'
import { NodeHome } from './home.ts'
import type { NodeOptions } from './options.ts'

type Say = (line: string) => void

/** Makes a node for a new community, or for the one whose link comes on standard input. */
export async function init(options: NodeOptions, say: Say): Promise<void> {
  const link = options.link ? decodeLink(await text(process.stdin), systemClock.now()) : undefined
  if (link !== undefined && link.kind !== 'node') {
    throw new Fault('invite-mangled', 'An invite holds the secret of the community')
  }
  new NodeHome(options.directory).create(
    {
      version: 1,
      listen: [...options.listen],
      announce: [...options.announce],
      nodes: link?.nodes ?? [],
      workBits: options.workBits ?? defaultWorkBits,
    },
    { networkKey: link?.networkKey ?? random(32), identitySeed: random(32) },
  )
  say('The node is made. Run it with: npm run node -- run --dir DIR')
  say('It can see how many boxes there are, their two sizes, when they come, and which internet')
  say('addresses store and fetch them. It cannot see what is in them or whose pseudonym is on them.')
}

/** Runs until a signal ends it. */
export async function run({ directory }: NodeOptions, say: Say): Promise<void> {
  const home = new NodeHome(directory)
  const config = home.config()
  const log = jsonLog(
    (line) => console.error(line),
    () => systemClock.now(),
  )
  const lock = new ProfileLock(directory)
  await lock.start()
  // a promise that nobody held, somewhere below, must not take a community's boxes away
  process.on('unhandledRejection', () => log.write('error', 'process.stray-rejection'))
  const node = new CommunityNode({
    ...home.keys(),
    listen: config.listen,
    announce: config.announce,
    nodes: () => config.nodes,
    storePath: home.storePath,
    workBits: config.workBits,
    log,
    clock: systemClock,
  })
  try {
    await node.start()
    const addresses = node.addresses()
    home.saveConfig({ ...config, listen: config.listen.map((each) => fixPort(each, addresses)) })
    home.saveAddresses(addresses)
  } catch (error) {
    await node.stop()
    await lock.stop()
    throw error
  }
  log.write('info', 'node.started')
  say('ready')
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
  await node.stop()
  await lock.stop()
  log.write('info', 'node.stopped')
}

/** Prints what a founder pastes into the app. */
export function link({ directory }: NodeOptions, say: Say): void {
  const home = new NodeHome(directory)
  const nodes = home.addresses()
  if (nodes.length === 0) throw new Fault('wrong-state', 'The node has not run yet')
  say(encodeLink({ kind: 'node', networkKey: home.keys().networkKey, nodes }))
}

export async function status({ directory }: NodeOptions, say: Say): Promise<void> {
  const home = new NodeHome(directory)
  const { workBits } = home.config()
  const running = await isRunning(directory)
  say(JSON.stringify({ running, workBits, ...(running ? {} : held(home.storePath)) }))
}

/** Whether another process holds the folder. */
async function isRunning(directory: string): Promise<boolean> {
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

function held(path: string): { boxes: number; bytes: number } {
  const store = BoxStore.open(path, nodeBytes)
  try {
    return { boxes: store.count, bytes: store.bytes }
  } finally {
    store.close()
  }
}

/** A port that was free is kept: links name it. */
function fixPort(listen: string, addresses: readonly string[]): string {
  if (!/\/tcp\/0(?:\/|$)/.test(listen)) return listen
  const kind = /\/wss?$/.exec(listen)?.[0] ?? ''
  const port = addresses
    .map((address) => /\/tcp\/(\d+)((?:\/wss?)?)\/p2p\//.exec(address))
    .find((match) => match?.[2] === kind)?.[1]
  return port === undefined ? listen : listen.replace('/tcp/0', `/tcp/${port}`)
}
