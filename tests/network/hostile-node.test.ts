import type { Stream } from '@libp2p/interface'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { concat, hex, u32, type Bytes } from '../../core/base/bytes.ts'
import { systemClock as clock } from '../../core/base/clock.ts'
import { CommunityNode } from '../../core/boxes/community-node.ts'
import { Frames } from '../../core/boxes/frames.ts'
import { decodeRequest, encodeAnswer, type Answer, type Request } from '../../core/boxes/messages.ts'
import { NetworkBoxClient } from '../../core/boxes/network-client.ts'
import { authorDigest } from '../../core/boxes/store.ts'
import { encodeTombstone } from '../../core/boxes/tombstone.ts'
import { silentLog as log } from '../../core/base/log.ts'
import { startAll, stopAll, type Service } from '../../core/base/service.ts'
import { random } from '../../core/crypto/random.ts'
import { freshSigningKey } from '../../core/crypto/sign.ts'
import { privateNode, type PrivateNode } from '../../core/network/libp2p.ts'
import { MemberNode } from '../../core/network/member-node.ts'
import { boxProtocol } from '../../core/network/protocols.ts'
import { draftFor, freshCapability, makeBox, type FullDraft } from '../support/boxes.ts'
import { faultOf } from '../support/faults.ts'
import { sayRead } from '../support/say-read.ts'

/** Three honest nodes and one that answers as `lie` says. */
const networkKey = random(32)
const honest: CommunityNode[] = []
const started: Service[] = []
let hostile: PrivateNode
let addresses: string[]
let member: MemberNode
/** A new one for each test: who has seen a node lie leaves it alone for a while. */
let client: NetworkBoxClient
let lie: (request: Request, stream: Stream) => readonly Answer[] | 'silence'
let greet: () => Bytes
let asked: Request['type'][]

const truth = { bits: 6, nonce: new Uint8Array(16) }
const hello = (workBits: number = truth.bits): Bytes => encodeAnswer({ type: 'hello', nonce: truth.nonce, workBits })

beforeAll(async () => {
  for (let i = 0; i < 3; i++) {
    const node = new CommunityNode({
      networkKey,
      identitySeed: random(32),
      listen: ['/ip4/127.0.0.1/tcp/0'],
      storePath: ':memory:',
      workBits: truth.bits,
      clock,
      log,
    })
    await node.start()
    honest.push(node)
  }
  hostile = await privateNode({
    networkKey,
    role: 'community',
    identitySeed: random(32),
    listen: ['/ip4/127.0.0.1/tcp/0'],
  })
  await hostile.handle(boxProtocol, serveLies)
  await hostile.start()
  addresses = [...hostile.getMultiaddrs().map(String), ...honest.flatMap((node) => node.addresses())]
  started.push(...honest, { start: () => Promise.resolve(), stop: async () => hostile.stop() })
})
beforeEach(async () => {
  member = new MemberNode({ networkKey, nodes: () => addresses, privacyMode: 'relay', clock, log })
  client = new NetworkBoxClient({ node: member, clock, log })
  await startAll([member, client])
})
afterEach(async () => {
  await stopAll([member, client])
})
afterAll(async () => {
  await stopAll(started)
})

async function serveLies(stream: Stream): Promise<void> {
  const frames = new Frames(stream, { longest: 64 * 1024, buffer: 1024 * 1024 })
  const signal = AbortSignal.timeout(60_000)
  try {
    await frames.write(greet(), signal)
    const say = async (request: Request): Promise<readonly Answer[]> => {
      asked.push(request.type)
      const answers = lie(request, stream)
      if (answers === 'silence') return []
      for (const answer of answers) await frames.write(encodeAnswer(answer), signal)
      return answers
    }
    for (;;) {
      const request = decodeRequest(await frames.read(signal))
      if (request.type === 'read') await sayRead(request, say)
      else await say(request)
    }
  } catch {
    frames.abort()
  }
}

/** A box that lies on the honest nodes; the hostile one begins to lie only then. */
async function stored(
  lying: (draft: FullDraft, box: Bytes) => typeof lie,
  greeting: () => Bytes = hello,
): Promise<FullDraft> {
  // streams from the test before are gone once something unfit was said on them
  greet = hello
  asked = []
  lie = () => [{ type: 'refused', reason: 'quota', detail: 0 }]
  const draft = draftFor(clock)
  const box = await client.prepare(draft)
  await client.store(box)
  lie = lying(draft, box)
  greet = greeting
  return draft
}

async function reads(draft: FullDraft): Promise<string[]> {
  const found = await client.fetch([draft.capability])
  return found.map(({ content }) => hex(content))
}

const listing = (draft: FullDraft, sequence: bigint, kind: 'box' | 'tombstone' = 'box'): Answer => ({
  type: 'digests',
  more: false,
  places: [{ index: 0, listed: [{ digest: authorDigest(draft.author.publicKey), sequence, kind }] }],
})

describe('a node that lies does not keep a member from what the others have, when it', () => {
  const lies: readonly (readonly [string, (draft: FullDraft, box: Bytes) => typeof lie])[] = [
    ['ends each stream', () => (_request, stream) => (stream.abort(new Error('gone')), 'silence')],
    ['has nothing', () => () => [{ type: 'digests', more: false, places: [] }]],
    ['refuses', () => () => [{ type: 'refused', reason: 'busy', detail: 255 }]],
    ['answers something else', () => () => [{ type: 'done' }]],
    [
      'claims a later box and has none',
      (draft) => (request) =>
        request.type === 'fetch' ? [listing(draft, 99n)] : [{ type: 'record', record: undefined }],
    ],
    [
      'claims a later box and gives the old one',
      (draft, box) => (request) =>
        request.type === 'fetch' ? [listing(draft, 99n)] : [{ type: 'record', record: box }],
    ],
    [
      'gives a box with a byte changed',
      (draft, box) => (request) => {
        const changed = box.with(2000, (box[2000] ?? 0) ^ 1)
        return request.type === 'fetch' ? [listing(draft, 99n)] : [{ type: 'record', record: changed }]
      },
    ],
    [
      'gives a box of another author',
      (draft) => (request) => {
        const other = makeBox({ ...draft, author: freshSigningKey(), sequence: 99n })
        return request.type === 'fetch' ? [listing(draft, 99n)] : [{ type: 'record', record: other }]
      },
    ],
    [
      'gives a box of another place',
      (draft) => (request) => {
        const other = makeBox({ ...draft, capability: freshCapability(), sequence: 99n })
        return request.type === 'fetch' ? [listing(draft, 99n)] : [{ type: 'record', record: other }]
      },
    ],
    [
      'forges a tombstone',
      (draft) => (request) => {
        const forged = encodeTombstone({ place: draft.capability.place, author: freshSigningKey(), sequence: 99n })
        forged.set(draft.author.publicKey, 34)
        return request.type === 'fetch' ? [listing(draft, 99n, 'tombstone')] : [{ type: 'record', record: forged }]
      },
    ],
    [
      'lists places that were not asked',
      (draft) => () => [{ ...listing(draft, 1n), places: [{ index: 63, listed: [listed(draft)] }] } as Answer],
    ],
    [
      'never comes to an end',
      (draft) => () => Array.from({ length: 200 }, () => ({ ...listing(draft, 1n), more: true }) as Answer),
    ],
    [
      'lists what nobody can hold',
      (draft) => () => [
        {
          type: 'digests',
          more: false,
          places: [{ index: 0, listed: Array.from({ length: 3000 }, () => listed(draft)) }],
        },
      ],
    ],
    [
      'sends frames of no sense',
      () => (_request, stream) => (stream.send(concat(u32(2 ** 31), random(100))), 'silence'),
    ],
  ]
  for (const [name, lying] of lies) {
    it(name, async () => {
      const draft = await stored(lying)
      const from = performance.now()
      // which nodes are asked first is left to chance
      while (!asked.includes('fetch') && asked.length < 100) {
        expect(await reads(draft)).toEqual([hex(draft.content)])
      }
      expect(performance.now() - from).toBeLessThan(7_000)
    })
  }
})

it('a node that lied is left alone for a while', async () => {
  const draft = await stored((draft) => (request) => {
    return request.type === 'fetch' ? [listing(draft, 99n)] : [{ type: 'done' }]
  })
  while (!asked.includes('fetch')) expect(await reads(draft)).toEqual([hex(draft.content)])
  const before = asked.length
  for (let i = 0; i < 8; i++) expect(await reads(draft)).toEqual([hex(draft.content)])
  expect(asked.length).toBe(before)
})

describe('how full a place is', () => {
  const says: readonly (readonly [string, typeof lie])[] = [
    ['nothing lies there', () => [{ type: 'digests', more: false, places: [] }]],
    ['it is full', () => [{ type: 'digests', more: false, places: [{ index: 0, listed: crowd('box') }] }]],
    ['all was deleted', () => [{ type: 'digests', more: false, places: [{ index: 0, listed: crowd('tombstone') }] }]],
    ['it does not say', () => 'silence'],
  ]
  it.each(says)('is what most nodes say, when one says that %s', async (_, lying) => {
    const draft = await stored(() => lying)
    const other = draftFor(clock, { capability: draft.capability })
    await client.store(makeBox(other, truth.bits))
    // two lie there, and a third that was deleted does not count
    const gone = draftFor(clock, { capability: draft.capability })
    await client.store(makeBox(gone, truth.bits))
    await client.delete({ place: gone.capability.place, author: gone.author, sequence: 1n })
    expect(await client.occupancy([draft.capability, freshCapability()])).toEqual([2, 0])
  })
})

describe('a node that asks too much', () => {
  it('of work, is left to itself', async () => {
    await stored(
      () => (_request, stream) => (stream.abort(new Error('gone')), 'silence'),
      () => hello(200),
    )
    // the stream that is open ends, and on the next one the node wants the impossible
    await reads(draftFor(clock))
    const draft = draftFor(clock)
    const box = await client.prepare(draft)
    expect(box.length).toBe(4342)
    await client.store(box)
  })
})

it('content that its reader cannot open is left out, and keeps nothing else away', async () => {
  const draft = await stored(() => () => [{ type: 'digests', more: false, places: [] }])
  const { capability } = draft
  const sealedOtherwise = draftFor(clock, { capability: { ...capability, bodyKey: random(32) } })
  await client.store(await client.prepare(sealedOtherwise))
  expect(await reads(draft)).toEqual([hex(draft.content)])
})

it('where most nodes refuse, the member is told so', async () => {
  const draft = await stored(() => () => [{ type: 'done' }])
  const old = makeBox({ ...draft, sequence: 0n }, truth.bits)
  expect(await faultOf(() => client.store(old))).toBe('box-refused')
  expect(await faultOf(() => client.store(makeBox({ ...draft, sequence: 9n }, 0).fill(0, 110, 118)))).toBe(
    'box-refused',
  )
})

it('a node that says nothing is not waited for', async () => {
  const draft = await stored(() => () => 'silence')
  for (let i = 0; i < 3; i++) {
    const from = performance.now()
    expect(await reads(draft)).toEqual([hex(draft.content)])
    expect(performance.now() - from).toBeLessThan(5_000)
  }
  const newer = { ...draft, sequence: 2n, content: random(9) }
  await client.store(await client.prepare(newer))
  await client.delete({ place: draft.capability.place, author: draft.author, sequence: 2n })
  expect(await reads(draft)).toEqual([])
})

function listed(draft: FullDraft): { digest: Bytes; sequence: bigint; kind: 'box' } {
  return { digest: authorDigest(draft.author.publicKey), sequence: 1n, kind: 'box' }
}

/** As many as there may be, of authors who do not exist. */
function crowd(kind: 'box' | 'tombstone'): { digest: Bytes; sequence: bigint; kind: typeof kind }[] {
  return Array.from({ length: 128 }, () => ({ digest: random(8), sequence: 1n, kind }))
}
