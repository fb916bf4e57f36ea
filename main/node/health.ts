import { statfsSync } from 'node:fs'
import { request } from 'node:http'
import { z } from 'zod'
import type { CommunityNode } from '../../core/boxes/community-node.ts'
import type { NodeHome } from './home.ts'

const amount = z.number().finite()
const counted = z.record(z.string().regex(/^[a-z-]{1,32}$/), amount)

/** What `GET /health` says: numbers only, which tell how much and never what or for whom. */
const health = z.object({
  running: z.literal(true),
  boxes: amount,
  bytes: amount,
  quota: amount,
  diskFree: amount,
  connections: amount,
  neighbours: amount,
  workBits: amount,
  relay: z.object({ reservations: amount, connections: amount }),
  setAside: z.boolean(),
  counts: z.object({
    requests: counted,
    refusals: counted,
    stored: amount,
    swept: amount,
    handedOff: amount,
    offenders: amount,
  }),
})

export type Health = z.infer<typeof health>

/** @returns undefined while the node does not run */
export function healthOf(node: CommunityNode, home: NodeHome): Health | undefined {
  const now = node.health()
  if (now === undefined) return undefined
  return { running: true, ...now, diskFree: diskFree(home.directory) }
}

/** Bytes that the node may still write. */
function diskFree(directory: string): number {
  const { bavail, bsize } = statfsSync(directory)
  return bavail * bsize
}

const patience = 5_000
const maxAnswer = 16 * 1024

/**
 * Asks the node of a folder. Its port may have become somebody else's: what comes
 * is read like anything from outside.
 *
 * @returns undefined where nobody answers, or something else does
 */
export function askHealth(port: number): Promise<Health | undefined> {
  return new Promise((resolve) => {
    const asked = request({ host: '127.0.0.1', port, path: '/health', timeout: patience, agent: false })
    const deadline = setTimeout(() => asked.destroy(), patience)
    const end = (answer: Health | undefined): void => {
      clearTimeout(deadline)
      asked.destroy()
      resolve(answer)
    }
    asked.on('error', () => end(undefined))
    asked.on('timeout', () => end(undefined))
    asked.on('close', () => end(undefined))
    asked.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => {
        text += part
        if (text.length > maxAnswer) end(undefined)
      })
      response.on('error', () => end(undefined))
      response.on('end', () => end(response.statusCode === 200 ? parse(text) : undefined))
    })
    asked.end()
  })
}

function parse(text: string): Health | undefined {
  try {
    return health.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
