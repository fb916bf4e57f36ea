import type { Connection, Stream } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { concat, u16, type Bytes } from '../../core/base/bytes.ts'
import type { ConversationId } from '../../core/base/ids.ts'
import { encodeFrame } from '../../core/conversations/channel/frames.ts'
import { Initiator } from '../../core/conversations/channel/handshake.ts'
import { channelProtocol } from '../../core/conversations/channel/switchboard.ts'
import { getConversation } from '../../core/conversations/store.ts'
import { random } from '../../core/crypto/random.ts'
import { eventually } from '../support/eventually.ts'
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

/** Says something on a new stream. @returns what comes back until it ends, and after how long */
async function say(...said: Bytes[]): Promise<{ answer: Bytes; ms: number }> {
  const stream = await (await reopened()).newStream(channelProtocol, { runOnLimitedConnection: true })
  const heard: Bytes[] = []
  stream.addEventListener('message', ({ data }) => heard.push(new Uint8Array(data.subarray())))
  const from = performance.now()
  for (const bytes of said) stream.send(bytes)
  await ended(stream)
  return { answer: concat(...heard), ms: performance.now() - from }
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
      [random(5_000)],
      [u16(0xffff), random(100)],
    ]
    for (const said of sayings) {
      const { answer, ms } = await say(...said)
      expect(answer).toHaveLength(0)
      expect(ms).toBeLessThan(700)
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
    expect((await say(framed(encodeFrame(recorded.hello)))).answer).toHaveLength(0)
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
    expect((await say(random(400))).answer).toHaveLength(0)
    await mentor.say(there, 'still here')
    await eventually(() => seeker.heard(here).length === 1)
  })
})
