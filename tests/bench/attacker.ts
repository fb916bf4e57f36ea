import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { concat, fromHex, u32, u8 } from '../../core/base/bytes.ts'
import { systemClock as clock } from '../../core/base/clock.ts'
import { silentLog } from '../../core/base/log.ts'
import { maxRecords, streamsPerConnection } from '../../core/boxes/limits.ts'
import { encodeRequest, type Request } from '../../core/boxes/messages.ts'
import { authorDigest } from '../../core/boxes/store.ts'
import { random } from '../../core/crypto/random.ts'
import { MemberNode } from '../../core/network/member-node.ts'
import { BoxLine } from '../support/box-line.ts'
import { draftFor, makeBox } from '../support/boxes.ts'

/*
 * A member of a community's network that means harm, as a process of its own.
 * Reads what it needs from its standard input, says `ready`, attacks until it is ended.
 */
const { kind, networkKey, node, workBits, connections } = z
  .object({
    kind: z.enum(['malformed', 'slow', 'over-rate', 'deaf', 'core']),
    networkKey: z.string(),
    node: z.string(),
    workBits: z.number(),
    connections: z.number(),
  })
  .parse(JSON.parse(await text(process.stdin)))

const attacks = { malformed, slow, 'over-rate': overRate, deaf, core } as const

console.log('ready')
await Promise.all(
  Array.from({ length: kind === 'core' ? 1 : connections }, async () => {
    for (;;) await attacks[kind]().catch(() => clock.wait(100))
  }),
)

async function withMember(body: (member: MemberNode) => Promise<void>): Promise<void> {
  const options = { networkKey: fromHex(networkKey), nodes: () => [node], privacyMode: 'relay' as const }
  const member = new MemberNode({ ...options, log: silentLog, clock })
  await member.start()
  try {
    await body(member)
  } finally {
    await member.stop()
  }
}

/** Frames of no sense, each on a stream of its own, as fast as they are refused. */
async function malformed(): Promise<void> {
  const frame = concat(u8(1), u8(0x7f), random(100))
  await withMember(async (member) => {
    for (;;) await (await BoxLine.open(member)).said(frame)
  })
}

/** As many streams as there may be, with a byte of a frame each second. */
async function slow(): Promise<void> {
  const frame = encodeRequest({ type: 'store', box: random(4342) })
  const whole = concat(u32(frame.length), frame)
  await withMember(async (member) => {
    const lines: BoxLine[] = []
    while (lines.length < streamsPerConnection) lines.push(await BoxLine.open(member))
    for (let at = 0; ; at++) {
      for (const [index, { stream }] of lines.entries()) {
        if (stream.status === 'open') stream.send(whole.slice(at % whole.length, (at % whole.length) + 1))
        else lines[index] = await BoxLine.open(member)
      }
      await clock.wait(1000)
    }
  })
}

/** Good requests, and as many as it can make. */
async function overRate(): Promise<void> {
  await withMember(async (member) => {
    const line = await BoxLine.open(member)
    // of one record: what is refused is answered once, what is served once for each name
    for (;;) await line.ask({ type: 'get', names: [{ place: random(32), digest: random(8) }] })
  })
}

/** Asks for 10 MiB on each of its streams, and reads none of it. */
async function deaf(): Promise<void> {
  await withMember(async (member) => {
    const draft = draftFor(clock, { content: random(16_000) })
    const { capability, author } = draft
    const { place } = capability
    const first = await BoxLine.open(member)
    await first.ask({ type: 'store', box: makeBox(draft, workBits) })
    first.stream.abort(new Error('done'))
    const names = Array.from({ length: maxRecords }, () => ({ place, digest: authorDigest(author.publicKey) }))
    const frame = encodeRequest({ type: 'get', names })
    const lines = new Set<BoxLine>()
    for (;;) {
      while (lines.size < streamsPerConnection) {
        const line = await BoxLine.open(member)
        const proof: Request = { type: 'fetch', places: [{ place, signature: line.proof(capability) }] }
        await line.ask(proof)
        line.stream.pause()
        for (let i = 0; i < 20; i++) line.stream.send(concat(u32(frame.length), frame))
        lines.add(line)
      }
      await clock.wait(100)
      for (const line of lines) if (line.stream.status !== 'open') lines.delete(line)
    }
  })
}

/** No attack: what it costs that somebody else uses a core of this machine. */
async function core(): Promise<void> {
  for (;;) {
    for (let i = 0; i < 1e5; i++) random(8)
    await clock.wait(0)
  }
}
