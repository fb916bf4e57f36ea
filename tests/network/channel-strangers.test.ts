import type { Connection, Stream } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { concat, u16, type Bytes } from '../../core/base/bytes.ts'
import type { ConversationId } from '../../core/base/ids.ts'
import { encodeFrame } from '../../core/conversations/channel/frames.ts'
import { Initiator } from '../../core/conversations/channel/handshake.ts'
import { respond } from '../../core/conversations/channel/opening.ts'
import { channelProtocol } from '../../core/conversations/channel/switchboard.ts'
import { Wire } from '../../core/conversations/channel/wire.ts'
import { PresencePublisher } from '../../core/conversations/presence-publisher.ts'
import { getConversation } from '../../core/conversations/store.ts'
import { systemClock } from '../../core/base/clock.ts'
import { random } from '../../core/crypto/random.ts'
import { Ratchet } from '../../core/ratchet/ratchet.ts'
import { eventually } from '../support/eventually.ts'
import { communityId } from '../support/pair.ts'
import { scratch } from '../support/scratch.ts'
import { acquaint, Talker } from '../support/talker.ts'
import { startTestnet, type Testnet, type TestMember } from '../support/testnet.ts'

const files = scratch()
let net: Testnet
let seeker: Talker
let mentor: Talker
let here: ConversationId
let there: ConversationId
let stranger: TestMember
let line: Connection

/** A member who knows where the seeker can be reached, as the operator of the relay does. */
beforeAll(async () => {
  net = await startTestnet()
  const timing = { handshake: 700, firstPresence: 300 }
  seeker = new Talker({ net, files, name: 'seeker', timing })
  mentor = new Talker({ net, files, name: 'mentor', timing })
  ;({ here, there } = await acquaint(seeker, mentor))
  await seeker.start()
  stranger = await net.member()
  const address = await eventually(() => seeker.node.addresses(false)[0])
  await stranger.node.reconnect()
  line = await stranger.node.libp2p.dial(multiaddr(address))
})

afterAll(async () => {
  await seeker.stop()
  await mentor.stop()
  await net.stop()
  files.remove()
})

async function reopened(): Promise<Connection> {
  if (line.status !== 'open') line = await stranger.node.libp2p.dial(line.remoteAddr, { force: true })
  return line
}

/** Says something on a new stream. @returns what comes back until it ends */
async function say(...said: Bytes[]): Promise<Bytes> {
  const stream = await (await reopened()).newStream(channelProtocol, { runOnLimitedConnection: true })
  const heard: Bytes[] = []
  stream.addEventListener('message', ({ data }) => heard.push(new Uint8Array(data.subarray())))
  for (const bytes of said) stream.send(bytes)
  await ended(stream)
  return concat(...heard)
}

async function ended(stream: Stream): Promise<void> {
  await eventually(() => stream.status !== 'open' || stream.remoteWriteStatus !== 'writable', { timeoutMs: 5_000 })
}

const framed = (bytes: Bytes): Bytes => concat(u16(bytes.length), bytes)

describe('somebody without the pair\u2019s secret', () => {
  it('hears nothing, whatever they say', async () => {
    const ends = {
      initiator: stranger.node.libp2p.peerId.toMultihash().bytes,
      responder: seeker.node.libp2p.peerId.toMultihash().bytes,
    }
    const guess = new Initiator({ channelKey: random(32), initiatorWrites: 1 }, ends)
    const sayings = [
      [framed(encodeFrame(guess.hello))],
      [framed(encodeFrame({ kind: 'answer', nonce: random(32), proof: random(32) }))],
      [framed(encodeFrame({ kind: 'ack', count: 0 }))],
      [framed(random(296))],
      [framed(random(500))],
      [u16(0xffff), random(100)],
    ]
    for (const said of sayings) {
      expect(await say(...said)).toHaveLength(0)
    }
  })

  it('hears nothing for what a contact said on another connection', async () => {
    const { channelKey } = getConversation(seeker.database, here)
    const contact = await net.member()
    const ends = {
      initiator: contact.node.libp2p.peerId.toMultihash().bytes,
      responder: seeker.node.libp2p.peerId.toMultihash().bytes,
    }
    const recorded = new Initiator({ channelKey, initiatorWrites: 1 }, ends)
    expect(await say(framed(encodeFrame(recorded.hello)))).toHaveLength(0)
    await contact.stop()
  })

  it('is hung up on when they say nothing, and takes no place from a contact', async () => {
    const silent = await Promise.all(
      Array.from({ length: 4 }, async () =>
        (await reopened()).newStream(channelProtocol, { runOnLimitedConnection: true, negotiateFully: true }),
      ),
    )
    await Promise.all(silent.map(ended))
    expect(seeker.channel(here)).toBe('none')
    await mentor.start()
    await eventually(
      async () => {
        await Promise.all([seeker.check(), mentor.check()])
        return seeker.channel(here) === 'relay' && mentor.channel(there) === 'relay'
      },
      { everyMs: 200 },
    )
    expect(await say(random(400))).toHaveLength(0)
    await mentor.say(there, 'still here')
    await eventually(() => seeker.heard(here).length === 1)
  })
})

describe('a contact who is blocked in the middle of a handshake', () => {
  it('gets no channel, and is not heard', async () => {
    await mentor.stop()
    const contact = await net.member()
    await contact.node.reconnect()
    const address = await eventually(() => seeker.node.addresses(false)[0])
    const connection = await contact.node.libp2p.dial(multiaddr(address))
    const stream = await connection.newStream(channelProtocol, { runOnLimitedConnection: true })
    const { channelKey } = getConversation(mentor.database, there)
    const ends = {
      initiator: contact.node.libp2p.peerId.toMultihash().bytes,
      responder: seeker.node.libp2p.peerId.toMultihash().bytes,
    }
    const initiator = new Initiator({ channelKey, initiatorWrites: 1 }, ends)
    const wire = new Wire(stream)
    const { signal } = new AbortController()
    await wire.write(initiator.hello, signal)
    const confirm = initiator.confirm(await wire.read(signal))
    seeker.conversations.setBlocked(here, true)
    await wire.write(confirm, signal)
    await expect(wire.read(signal)).rejects.toMatchObject({ code: 'unreachable' })
    expect(seeker.channel(here)).toBe('none')
    seeker.conversations.setBlocked(here, false)
    await contact.stop()
  })
})

describe('a contact who hangs up as soon as a channel is open', () => {
  it('is dialled a few times, and not for ever', async () => {
    await mentor.stop()
    const rude = await net.member()
    let opened = 0
    const { channelKey } = getConversation(mentor.database, there)
    await rude.node.libp2p.handle(
      channelProtocol,
      async (stream, connection) => {
        const wire = new Wire(stream)
        const ends = {
          initiator: connection.remotePeer.toMultihash().bytes,
          responder: rude.node.libp2p.peerId.toMultihash().bytes,
        }
        if (await respond(wire, [{ channelKey, initiatorWrites: 0 }], ends, new AbortController().signal)) opened++
        wire.abort()
      },
      { runOnLimitedConnection: true },
    )
    const addresses = await eventually(() => {
      const all = rude.node.addresses(false)
      return all.length > 0 && all
    })
    const publisher = new PresencePublisher({
      desk: { database: mentor.database, ratchet: new Ratchet(mentor.database, systemClock), clock: systemClock },
      communityId,
      client: rude.client,
      addresses: () => addresses,
    })
    publisher.mark(there, 0)
    for (const job of publisher.jobs()) await job.run(new AbortController().signal)
    let tried = -1
    await eventually(
      async () => {
        const before = opened
        await seeker.check()
        const quiet = before > 0 && before === tried
        tried = before
        return quiet
      },
      { what: 'the tries to end', everyMs: 1_500 },
    )
    for (let looks = 0; looks < 5; looks++) await seeker.check()
    expect(seeker.channel(here)).toBe('none')
    expect(opened).toBe(tried)
    expect(opened).toBeLessThanOrEqual(6)
  })
})
