import { systemClock } from '../../core/base/clock.ts'
import { jsonLog, type Log, type LogLevel } from '../../core/base/log.ts'
import { stopAll, type Service } from '../../core/base/service.ts'
import { CommunityNode } from '../../core/boxes/community-node.ts'
import { damagedSuffix } from '../../core/boxes/store-file.ts'
import { ProfileLock } from '../../core/vault/profile-lock.ts'
import { stopAndExit, stopOnSignal, surviveStrays, type Ending } from '../ending.ts'
import type { NodeConfiguration } from './config.ts'
import { NodeHome } from './home.ts'
import { MetricsServer } from './metrics-server.ts'
import type { NodeOptions } from './options.ts'

/** Starts a node, which runs until a signal ends the process. */
export async function run({ directory }: NodeOptions, say: (line: string) => void): Promise<void> {
  const home = new NodeHome(directory)
  const config = home.config()
  const log = logFrom(config.log)
  // whatever starts it again starts it with an empty store
  const node = communityNode(home, config, log, () => stopAndExit(ending, 1))
  const services: readonly Service[] = [
    new ProfileLock(directory),
    node,
    ...(config.metrics === null ? [] : [new MetricsServer({ home, node, port: config.metrics.port, log })]),
  ]
  const running: Service[] = []
  const ending: Ending = {
    running,
    log,
    onStop: () => log.write('info', 'node.stopping'),
    onStopped: () => log.write('info', 'node.stopped'),
  }
  stopOnSignal(ending)
  surviveStrays(ending, 'Something failed inside the node, and it stops. No box is lost; run it again.')
  try {
    for (const service of services) {
      running.push(service)
      await service.start()
    }
    rememberAddresses(home, config, node.addresses())
  } catch (error) {
    await stopAll(running).catch(() => {})
    throw error
  }
  if (node.health()?.setAside === true) {
    console.error(
      `The boxes of this node could not be read. Their file is kept as boxes.db${damagedSuffix}, and the node begins without boxes: they come back from other nodes and from their authors. Look after this disk.`,
    )
  }
  log.write('info', 'node.started')
  say('ready')
}

function communityNode(home: NodeHome, config: NodeConfiguration, log: Log, onDamage: () => void): CommunityNode {
  const { connections, ...limits } = config.limits
  return new CommunityNode({
    ...home.keys(),
    ...limits,
    listen: config.listen,
    announce: config.announce,
    nodes: () => config.nodes,
    storePath: home.storePath,
    workBits: config.workBits,
    quota: config.quotaMiB * 1024 ** 2,
    anchor: config.anchor,
    maxConnections: connections,
    handOff: { settle: config.handOff.settle * 1000, interval: config.handOff.interval * 1000 },
    relay: config.relay,
    onDamage,
    log,
    clock: systemClock,
  })
}

const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error']

/** JSON lines on standard error, from a level on. */
function logFrom(least: LogLevel): Log {
  const log = jsonLog(
    (line) => console.error(line),
    () => systemClock.now(),
  )
  const from = levels.indexOf(least)
  return {
    write(level, event, fields) {
      if (levels.indexOf(level) >= from) log.write(level, event, fields)
    },
  }
}

/** A port that was free is kept: links name it. */
function rememberAddresses(home: NodeHome, config: NodeConfiguration, addresses: readonly string[]): void {
  const listen = config.listen.map((each) => fixPort(each, addresses))
  if (listen.some((each, index) => each !== config.listen[index])) home.saveListen(listen)
  home.saveAddresses(addresses)
}

function fixPort(listen: string, addresses: readonly string[]): string {
  if (!/\/tcp\/0(?:\/|$)/.test(listen)) return listen
  const kind = /\/ws$/.exec(listen)?.[0] ?? ''
  const port = addresses
    .map((address) => /\/tcp\/(\d+)((?:\/ws)?)\/p2p\//.exec(address))
    .find((match) => match?.[2] === kind)?.[1]
  return port === undefined ? listen : listen.replace('/tcp/0', `/tcp/${port}`)
}
