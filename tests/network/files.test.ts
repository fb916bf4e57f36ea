import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { limits } from '../../core/api/limits.ts'
import type { FileView } from '../../core/api/views.ts'
import { base64url, concat, equal, fromBase64url, utf8, type Bytes } from '../../core/base/bytes.ts'
import { freshId, type ConversationId, type DraftId, type FileId, type MessageId } from '../../core/base/ids.ts'
import { random } from '../../core/crypto/random.ts'
import { segmentLength } from '../../core/files/limits.ts'
import { encodeOffer } from '../../core/files/offer.ts'
import { eventually } from '../support/eventually.ts'
import { secret, telling } from '../support/pictures.ts'
import { scratch } from '../support/scratch.ts'
import { acquaint, Talker } from '../support/talker.ts'
import { startTestnet, type Testnet } from '../support/testnet.ts'

const scratched = scratch()
let net: Testnet
let nth = 0
let seeker: Talker
let mentor: Talker
let here: ConversationId
let there: ConversationId

beforeAll(async () => {
  net = await startTestnet()
})

afterEach(async () => {
  await Promise.all([seeker.stop(), mentor.stop()])
})

afterAll(async () => {
  await net.stop()
  scratched.remove()
})

async function pair(): Promise<void> {
  nth++
  const talker = (name: string): Talker =>
    new Talker({
      net,
      files: scratched,
      name: `${name}-${nth}`,
      timing: { settle: 100, firstPresence: 500, acknowledge: 3_000 },
      profile: join(scratched.directory, `${name}-${nth}-profile`),
    })
  seeker = talker('seeker')
  mentor = talker('mentor')
  ;({ here, there } = await acquaint(seeker, mentor))
}

const connected = (): Promise<unknown> =>
  eventually(
    async () => {
      await Promise.all([seeker.check(), mentor.check()])
      return seeker.channel(here) !== 'none' && mentor.channel(there) !== 'none'
    },
    { what: 'a channel', everyMs: 200, timeoutMs: 40_000 },
  )

async function send(content: Bytes, about = { name: 'plans.bin', mediaType: '' }): Promise<MessageId> {
  const { files, conversations } = seeker
  const draftId: DraftId = await files.begin({ ...about, size: content.length })
  for (let at = 0; at < content.length; at += limits.file.piece) {
    await files.append(draftId, at, base64url(content.subarray(at, at + limits.file.piece)))
  }
  await files.finish(draftId, false)
  const clientId = freshId<MessageId>()
  await files.send(draftId, here, (offer) =>
    conversations.actions.sendFile({ conversationId: here, clientId, offer: encodeOffer(offer) }),
  )
  return clientId
}

const arrived = (): Promise<FileView> =>
  eventually(async () => {
    await mentor.check()
    return mentor.files.list(there)[0]
  })

const moved = (state: FileView['state']): Promise<unknown> =>
  eventually(() => mentor.files.list(there)[0]?.state === state, { timeoutMs: 60_000, what: `a file that is ${state}` })

async function content(id: string): Promise<Bytes> {
  const parts: Bytes[] = []
  for (let offset = 0, end = false; !end;) {
    const piece = await mentor.files.read(id as FileId, offset)
    const bytes = fromBase64url(piece.bytes)
    parts.push(bytes)
    offset += bytes.length
    end = piece.end
  }
  return concat(...parts)
}

describe('a file between two members', () => {
  it('is offered by mailbox, waits, and comes through a relay once both are there; a picture without what it told', async () => {
    await pair()
    await seeker.start()
    await send(telling(6).jpeg, { name: `${secret}.jpg`, mediaType: 'image/jpeg' })
    await eventually(() => seeker.delivery(here).every((state) => state === 'stored'))
    await seeker.stop()
    await mentor.start()
    const offered = await arrived()
    expect(offered).toMatchObject({ name: 'picture.jpg', mediaType: 'image/jpeg', state: 'offered', mine: false })
    expect(mentor.messages(there, false)).toMatchObject([{ id: offered.messageId, kind: 'file', text: 'picture.jpg' }])
    expect(mentor.files.accept(offered.id as FileId).state).toBe('waiting')
    await seeker.start()
    await connected()
    await moved('here')
    const bytes = await content(offered.id)
    expect(Buffer.from(bytes).includes(secret)).toBe(false)
    expect([...bytes.subarray(0, 2)]).toEqual([0xff, 0xd8])
    await eventually(() => seeker.files.list(here)[0]?.state === 'here')
  })

  it('goes on where it was when its receiver was killed, while both go on to talk', async () => {
    await pair()
    await Promise.all([seeker.start(), mentor.start()])
    await connected()
    const large = random(6 * segmentLength)
    await send(large)
    const { id } = await arrived()
    mentor.files.accept(id as FileId)
    const saved = (): number => mentor.database.all('SELECT * FROM file_segments').length
    await eventually(() => saved() >= 1, { everyMs: 2 })
    await seeker.say(here, 'while it comes')
    await eventually(() => mentor.heard(there).includes('while it comes'), { timeoutMs: 5_000 })
    await mentor.kill()
    const before = saved()
    expect(before).toBeGreaterThan(0)
    await mentor.start()
    expect(mentor.files.list(there)[0]?.fraction).toBeGreaterThan(0)
    await connected()
    await moved('here')
    expect(equal(await content(id), large)).toBe(true)
  })

  it('goes with its message when that is deleted for both', async () => {
    await pair()
    await Promise.all([seeker.start(), mentor.start()])
    await connected()
    const message = await send(utf8('not for long'))
    const { id } = await arrived()
    mentor.files.accept(id as FileId)
    await moved('here')
    await seeker.conversations.actions.deleteForBoth(message)
    await eventually(() => mentor.messages(there, false)[0]?.kind === 'deleted')
    for (const side of [seeker, mentor]) {
      expect(side.database.all('SELECT * FROM files')).toEqual([])
      expect(side.database.all('SELECT * FROM file_segments')).toEqual([])
    }
  })
})
