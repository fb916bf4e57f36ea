import { json } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { z } from 'zod'
import { fromHex, type Bytes } from '../../../core/base/bytes.ts'
import { signFetch } from '../../../core/boxes/proof.ts'
import { privateNode } from '../../../core/network/libp2p.ts'
import { boxProtocol } from '../../../core/network/protocols.ts'
import type { FullDraft } from '../../support/boxes.ts'
import { eventually } from '../../support/eventually.ts'
import { preparedBox } from './prepared.ts'
import { Wire } from './wire.ts'

/** Members of one node, each with its own identity, connection and box stream: idle, or storing so many boxes a second. */
const { networkKey, address, members, perSecond, seconds } = z
  .strictObject({
    networkKey: z.string(),
    address: z.string(),
    members: z.int(),
    perSecond: z.int(),
    seconds: z.int(),
  })
  .parse(await json(process.stdin))

interface Member {
  readonly wire: Wire
  readonly nonce: Bytes
  readonly again: () => Promise<{ readonly wire: Wire; readonly nonce: Bytes }>
}

const connected: Member[] = []
for (let i = 0; i < members; i++) {
  const node = await privateNode({ networkKey: fromHex(networkKey), role: 'member', listen: [] })
  await node.start()
  // a machine that is busy with all the others may be too slow for a dial
  const open = async () => Wire.open(await node.dialProtocol(multiaddr(address), boxProtocol))
  connected.push({ ...(await eventually(open, { timeoutMs: 60_000 })), again: open })
}
const boxes = Array.from({ length: perSecond * seconds }, () => preparedBox(0))
// before anybody is told that it may come: unheard, the signal would end the process
if (boxes.length > 0) process.once('SIGUSR2', () => void load())
console.log('connected')

async function load(): Promise<void> {
  const latencies: number[] = []
  const accepted: { readonly member: Member; readonly draft: FullDraft }[] = []
  let [refused, failed] = [0, 0]
  const from = performance.now()
  await Promise.all(
    boxes.map(async ({ box, draft }, index) => {
      const due = from + (index * 1000) / perSecond
      await wait(Math.max(0, due - performance.now()))
      const member = connected[index % connected.length]
      if (member === undefined) return
      try {
        const answer = await member.wire.ask({ type: 'store', box })
        latencies.push(performance.now() - due)
        if (answer.type === 'done') accepted.push({ member, draft })
        else refused++
      } catch {
        failed++
      }
    }),
  )
  let lost = 0
  for (const { member, draft } of accepted) {
    // on a stream of its own where that of the load has ended: only what the node has not is lost
    const held = await holds(member, draft).catch(async () =>
      eventually(async () => ((await holds(await member.again(), draft)) ? 'held' : 'lost'), { timeoutMs: 60_000 }),
    )
    if (held === false || held === 'lost') lost++
  }
  console.log(`result ${JSON.stringify({ latencies, accepted: accepted.length, refused, failed, lost })}`)
}

/** Whether the node still lists an accepted box, to somebody who may read it. */
async function holds({ wire, nonce }: Pick<Member, 'wire' | 'nonce'>, { capability }: FullDraft): Promise<boolean> {
  const { place, read } = capability
  const node = peerIdFromString(address.split('/').at(-1) ?? '').toMultihash().bytes
  const listing = await wire.ask({
    type: 'fetch',
    places: [{ place, signature: signFetch({ nonce, node, place }, read) }],
  })
  const digest = listing.type === 'digests' ? listing.places[0]?.listed[0]?.digest : undefined
  if (digest === undefined) return false
  const answer = await wire.ask({ type: 'get', names: [{ place, digest }] })
  return answer.type === 'record' && answer.record !== undefined
}
