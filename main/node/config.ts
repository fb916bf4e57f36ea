import { z } from 'zod'
import * as boxes from '../../core/boxes/limits.ts'
import { peerOf, parseAddresses } from '../../core/network/addresses.ts'
import { nodeConnections, relayedConnections, relayReservations } from '../../core/network/limits.ts'
import { isAnnounceAddress, isFreePort, isListenAddress, needsPort, Usage } from './options.ts'

const mebibyte = 1024 ** 2

const address = z.string().max(512)
const count = (least: number, most: number): z.ZodNumber => z.number().int().min(least).max(most)

/** `node.json`: what an operator may change by hand while the node is stopped. docs/OPERATING.md lists it. */
const settings = z.strictObject({
  version: z.literal(1),
  listen: z.array(address.refine(isListenAddress, 'no address to listen on')).min(1).max(8),
  announce: z.array(address.refine(isAnnounceAddress, 'no address to announce')).max(8).default([]),
  /** Other nodes of the community, each with `/p2p/`. */
  nodes: z
    .array(address.refine((text) => parseAddresses([text]).some(peerOf), 'no address that ends with /p2p/ and a node'))
    .max(64)
    .default([]),
  workBits: count(0, 24).default(boxes.defaultWorkBits),
  quotaMiB: count(16, 1024 * 1024).default(boxes.nodeBytes / mebibyte),
  /** Whether it takes boxes for every place, as a node must that invites name. */
  anchor: z.boolean().default(true),
  /** What one connection may ask in a minute, and what the node takes altogether. */
  limits: z
    .strictObject({
      connections: count(8, 100_000).default(nodeConnections),
      storesPerMinute: count(1, 100_000).default(boxes.storesPerMinute),
      fetchesPerMinute: count(1, 100_000).default(boxes.fetchesPerMinute),
      getsPerMinute: count(1, 100_000).default(boxes.getsPerMinute),
      deletesPerMinute: count(1, 100_000).default(boxes.deletesPerMinute),
      havesPerMinute: count(1, 100_000).default(boxes.havesPerMinute),
      nodeStoresPerSecond: count(1, 100_000).default(boxes.nodeStoresPerSecond),
    })
    .prefault({}),
  /** When boxes are handed to other nodes, in seconds: once one has stayed for so long, and how often after that. */
  handOff: z
    .strictObject({
      settle: count(1, 86_400).default(boxes.handOffSettle / 1000),
      interval: count(1, 7 * 86_400).default(boxes.handOffInterval / 1000),
    })
    .prefault({}),
  /** Members that can be reached through it, and pairs that talk through it. */
  relay: z
    .strictObject({
      reservations: count(0, 100_000).default(relayReservations),
      connections: count(0, 100_000).default(relayedConnections),
    })
    .prefault({}),
  /** At which port of 127.0.0.1 it tells numbers; 0 takes a free one. Null tells none. */
  metrics: z
    .strictObject({ port: count(0, 65_535) })
    .nullable()
    .default({ port: 0 }),
  log: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
})

const configuration = settings.refine(({ listen, announce }) => announce.length === 0 || !listen.some(isFreePort), {
  path: ['listen'],
  message: needsPort,
})

export type NodeConfiguration = z.infer<typeof configuration>
/** What a file may say: everything but `version` and `listen` may be left out. */
export type StatedConfiguration = z.input<typeof configuration>

/**
 * Checks what `node.json` says.
 *
 * @throws Usage which names what is wrong by its path, and never a value: an
 * operator shows it to others when they ask for help
 */
export function checkConfiguration(stated: unknown): NodeConfiguration {
  const { success, data, error } = configuration.safeParse(stated)
  if (success) return data
  const wrong = error.issues.slice(0, 5).map((issue) => {
    const path = issue.path.map(String).join('.')
    if (issue.code !== 'unrecognized_keys') return `${path === '' ? 'the whole' : path}: ${reason(issue)}`
    return `${path === '' ? '' : `${path}.`}${issue.keys.map(nameable).join(', ')}: no such setting`
  })
  throw new Usage(`node.json cannot be used. ${wrong.join('; ')}. docs/OPERATING.md lists the settings.`)
}

/** zod's own words name what they found in some cases: these do not. */
function reason(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be of type ${issue.expected}`
    case 'too_small':
      return `must be at least ${issue.minimum}`
    case 'too_big':
      return `must be at most ${issue.maximum}`
    case 'invalid_value':
      return `must be ${issue.values.map(String).join(' or ')}`
    case 'custom':
      return issue.message
    default:
      return 'not as it should be'
  }
}

/** A key that somebody typed: shown where it looks like one. */
function nameable(key: string): string {
  return /^[A-Za-z][A-Za-z0-9_-]{0,39}$/.test(key) ? key : '(a key that cannot be shown)'
}
