import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hex } from '../../core/base/bytes.ts'
import { encodeCbor } from '../../core/base/cbor.ts'
import { Fault } from '../../core/base/fault.ts'
import type { CommunityId, MessageId, ReportId } from '../../core/base/ids.ts'
import { freshId } from '../../core/base/ids.ts'
import type { OpenedBox } from '../../core/boxes/client.ts'
import { epochOf } from '../../core/community/epoch.ts'
import { sha256 } from '../../core/crypto/derive.ts'
import { mineMemoryWork, shownMemoryWork } from '../../core/crypto/memory-work.ts'
import { random } from '../../core/crypto/random.ts'
import { sealTo } from '../../core/crypto/seal.ts'
import { encodeLetter } from '../../core/safety/reports/letter.ts'
import { letterPlace, letterWork } from '../../core/safety/reports/places.ts'
import { maxComing, maxHere } from '../../core/safety/reports/receiving.ts'
import { boxLife } from '../../core/safety/reports/sending.ts'
import { Acquainted, nameGuardians } from '../support/acquainted.ts'
import { eventually } from '../support/eventually.ts'
import type { Member } from '../support/member.ts'
import type { Village } from '../support/village.ts'

/* Evidence on its way from a reporter to a guardian, over one node's rules. */

const day = 86_400_000
const workBits = 3

let pair: Acquainted
let village: Village
let guardian: { readonly member: Member; readonly communityId: CommunityId }
let key = ''

beforeEach(async () => {
  pair = await Acquainted.start()
  village = pair.village
  guardian = village.neighbour('Steady Oak')
  const { mentor, seeker } = village
  nameGuardians(mentor, village.communityId.mentor, [{ name: 'The oak', ...guardian }])
  await mentor.commons.tend(village.communityId.mentor)
  for (const [{ commons }, id] of [
    [seeker, village.communityId.seeker],
    [guardian.member, guardian.communityId],
  ] as const)
    await commons.refresh(id)
  key = seeker.safety.guardians()[0]?.key ?? ''
})

afterEach(async () => {
  await guardian.member.stop()
  await village.end()
})

const wish = (...messageIds: MessageId[]) => ({
  conversationId: pair.seekers,
  messageIds,
  personaId: village.persona.seeker,
  note: 'What shall I do?',
})
const send = (text = 'Send it, or everybody will know.'): ReportId =>
  village.seeker.safety.report(wish(pair.say(false, text)), key).id as ReportId
const sent = () => village.seeker.safety.reports.sent()
const arrives = () => eventually(() => sent()[0]?.state === 'sent', { what: 'a report that was sent' })
const received = () => guardian.member.safety.reports.received()
/** Looks for letters, and then for what they tell of. */
async function look(): Promise<void> {
  await village.check(guardian.member)
  await village.check(guardian.member)
}

describe('a report', () => {
  it('goes to the guardian, who alone can read it, and answers nothing', async () => {
    expect(village.seeker.safety.guardians()).toMatchObject([{ name: 'The oak', mine: false }])
    expect(guardian.member.safety.guardians()).toMatchObject([{ name: 'The oak', mine: true }])
    send()
    expect(sent()).toMatchObject([{ guardian: 'The oak', about: 'Maple Heron', signed: true, state: 'preparing' }])
    await arrives()
    await look()
    expect(received()).toMatchObject([{ about: 'Maple Heron', from: 'Quiet River', opened: false }])
    const opened = guardian.member.safety.openReport(received()[0]?.id as ReportId)
    expect(opened.evidence).toMatchObject({
      exporter: { pseudonym: 'Quiet River', mine: false },
      contact: { pseudonym: 'Maple Heron' },
      offer: { proven: true },
      note: 'What shall I do?',
      messages: [{ own: false, text: 'Send it, or everybody will know.' }],
    })
    expect(guardian.member.safety.openEvidence(opened.bundle)).toEqual(opened.evidence)
    expect(received()).toMatchObject([{ opened: true }])
    expect(sent()).toMatchObject([{ state: 'sent', progress: null }])
    // nobody else watches for it
    await village.check(village.mentor)
    expect(village.mentor.safety.reports.received()).toEqual([])
    expect([...village.mentor.safety.sources(village.communityId.mentor)()]).toEqual([])
    // it is there once, however often its letter is seen
    await look()
    expect(received()).toHaveLength(1)
    guardian.member.safety.reports.delete(received()[0]?.id as ReportId)
    await look()
    expect(received()).toEqual([])
  })

  it('of several parts comes whole, and its parts are stored before the letter', async () => {
    const long = Array.from({ length: 5 }, (_, index) => `${index} `.repeat(8000))
    const ids = long.map((text) => pair.say(false, text))
    village.seeker.safety.report(wish(...ids), key)
    await arrives()
    await look()
    const { evidence } = guardian.member.safety.openReport(received()[0]?.id as ReportId)
    expect(evidence.messages.map(({ text }) => text)).toEqual(long.map((text) => text.trim()))
  })

  it('waits where nobody answers, and goes on after a crash with the same boxes', async () => {
    village.office.open = false
    send()
    await eventually(() => sent()[0]?.progress?.phase === 'waiting')
    village.office.open = true
    village.office.failures.push(undefined, new Fault('unreachable', 'Nobody answers'))
    village.seeker = await village.seeker.restart()
    // alone: what fails is meant for it
    await village.seeker.safety.start()
    const boxes = () =>
      village.seeker.database.all<{ box: Uint8Array<ArrayBuffer> | null }>(
        'SELECT box FROM sent_report_boxes ORDER BY part',
      )
    await eventually(() => boxes().some(({ box }) => box !== null))
    village.seeker = await village.seeker.restart()
    const before = boxes()
    await village.seeker.start()
    await arrives()
    for (const [index, { box }] of before.entries()) if (box !== null) expect(boxes()[index]?.box).toEqual(box)
    await look()
    expect(received()).toHaveLength(1)
  })

  it('that nodes refuse gives up, and is tried again when the person wishes', async () => {
    village.office.takes = false
    const id = send()
    await eventually(
      () => {
        village.seeker.safety.wake()
        return sent()[0]?.state === 'failed'
      },
      { what: 'giving up' },
    )
    expect(() => village.seeker.safety.reports.retry('f'.repeat(32) as ReportId)).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    )
    village.office.takes = true
    village.seeker.safety.reports.retry(id)
    expect(() => village.seeker.safety.reports.retry(id)).toThrow(expect.objectContaining({ code: 'wrong-state' }))
    await arrives()
    await look()
    expect(received()).toHaveLength(1)
  })

  it('that is taken back is off the nodes', async () => {
    const id = send()
    await arrives()
    const boxes = village.seeker.database.all('SELECT part FROM sent_report_boxes').length
    expect(boxes).toBeGreaterThan(1)
    village.seeker.safety.reports.takeBack(id)
    expect(sent()).toEqual([])
    await eventually(() => village.seeker.database.get('SELECT 1 AS here FROM sent_reports') === undefined)
    expect(village.asked('delete')).toBe(boxes)
    await look()
    expect(received()).toEqual([])
    expect(() => village.seeker.safety.reports.takeBack(id)).toThrow(expect.objectContaining({ code: 'not-found' }))
  })

  it('leaves nothing but that it was sent once its boxes have expired', async () => {
    send()
    await arrives()
    village.clock.advance(boxLife + day)
    village.seeker.safety.wake()
    await eventually(() => sent()[0]?.state === 'over')
    expect(village.seeker.database.all('SELECT evidence, root, author_seed FROM sent_reports')).toEqual([
      { evidence: null, root: null, author_seed: null },
    ])
    expect(village.seeker.database.all('SELECT * FROM sent_report_boxes')).toEqual([])
  })

  it('is stored anew every day, while it lives', async () => {
    send()
    await arrives()
    const stored = village.asked('store')
    village.clock.advance(day + 1)
    village.seeker.safety.wake()
    await eventually(() => village.asked('store') >= stored + 2)
  })

  it('goes to nobody who is no guardian (any more)', async () => {
    const id = pair.say(false, 'hello')
    expect(() => village.seeker.safety.report(wish(id), 'ab'.repeat(32))).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    )
    village.office.open = false
    village.seeker.safety.report(wish(id), key)
    await eventually(() => sent()[0]?.progress?.phase === 'waiting')
    nameGuardians(village.mentor, village.communityId.mentor, [])
    village.office.open = true
    await village.mentor.commons.tend(village.communityId.mentor)
    await village.seeker.commons.refresh(village.communityId.seeker)
    expect(village.seeker.safety.guardians()).toEqual([])
    village.seeker.safety.wake()
    await eventually(() => sent()[0]?.state === 'failed')
    await guardian.member.commons.refresh(guardian.communityId)
    expect([...guardian.member.safety.sources(guardian.communityId)()]).toEqual([])
  })
})

describe('a guardian', () => {
  const epoch = () => epochOf(village.clock.now())
  const keys = () => village.seeker.charters.guardians(village.communityId.seeker)[0]
  const inbox = () => {
    const addressee = keys()
    if (addressee === undefined) throw new Error('There is no guardian')
    const secret = village.seeker.communities.secretAt(village.communityId.seeker, epoch())
    return { addressee, place: letterPlace(secret, addressee) }
  }
  /** As a poll brings it. */
  async function bring(box: OpenedBox): Promise<void> {
    const watch = [...guardian.member.safety.sources(guardian.communityId)()].find(
      ({ capability }) => hex(capability.place) === hex(box.place),
    )
    if (watch === undefined) throw new Error('Nobody watches there')
    await watch.handle(box)
  }
  async function letter(change: { readonly lazy?: boolean; readonly content?: Uint8Array<ArrayBuffer> } = {}) {
    const { addressee, place } = inbox()
    const [root, author] = [random(32), random(32)]
    const digest = letterWork(place.place, root, author)
    const work = await (change.lazy === true ? tooLittle(digest) : mineMemoryWork(digest, workBits))
    const said = encodeLetter({ work, root, length: 100, hash: sha256(root) })
    return {
      place: place.place,
      author,
      sequence: 1n,
      expiryHours: Math.floor((village.clock.now() + 10 * day) / 3_600_000),
      content: sealTo(change.content ?? said, addressee.boxKey),
    }
  }
  async function tooLittle(digest: Uint8Array<ArrayBuffer>): Promise<bigint> {
    let nonce = 0n
    while ((await shownMemoryWork(digest, nonce)) >= workBits) nonce++
    return nonce
  }
  const coming = () => guardian.member.database.all('SELECT id FROM received_reports').length
  const looked = () => guardian.member.database.all('SELECT place FROM looked_letters').length

  it('looks at five weeks of letters, whether any came or not', () => {
    const watches = [...guardian.member.safety.sources(guardian.communityId)()]
    // of the weeks before they joined they have no secret
    expect(watches.length).toBeGreaterThanOrEqual(2)
    expect(watches.length).toBeLessThanOrEqual(5)
  })

  it('refuses what is no letter, and looks at it once', async () => {
    const { addressee } = inbox()
    const bad = [
      { ...(await letter()), content: random(200) },
      { ...(await letter()), content: sealTo(random(100), random(32)) },
      { ...(await letter()), content: sealTo(encodeCbor({ v: 2 }), addressee.boxKey) },
      await letter({ content: encodeCbor({ v: 1, w: random(8), r: random(32), l: 98_305, h: random(32) }) }),
      await letter({ content: new Uint8Array(0) }),
    ]
    for (const box of bad) {
      await bring(box)
      await bring(box)
    }
    expect(coming()).toBe(0)
    expect(looked()).toBe(bad.length)
  })

  it('refuses a letter without work, or with that of another', async () => {
    await bring(await letter({ lazy: true }))
    expect(coming()).toBe(0)
    expect(looked()).toBe(1)
    // done for another box: it fits this one by chance, and then with that chance alone
    const stolen = await Promise.all(
      Array.from({ length: 8 }, async () => ({ ...(await letter()), author: random(32) })),
    )
    for (const box of stolen) await bring(box)
    expect(coming()).toBeLessThan(stolen.length)
  })

  it('keeps so many letters of what is not there, and those that were looked for in vain make room', async () => {
    for (let index = 0; index < maxComing; index++) await bring(await letter())
    expect(coming()).toBe(maxComing)
    await bring(await letter())
    expect(coming()).toBe(maxComing)
    // an honest one comes in all the same, in the end
    send()
    await arrives()
    await eventually(
      async () => {
        await look()
        return received().length === 1
      },
      { what: 'the honest report' },
    )
    expect(coming()).toBeLessThanOrEqual(maxComing + 1)
    village.clock.advance(20 * day)
    guardian.member.safety.wake()
    await guardian.member.start()
    await eventually(() => coming() === 1)
  })

  it('works out nothing of letters for which there is no room', async () => {
    const { database } = guardian.member
    for (let index = 0; index < maxHere; index++) {
      database.run(
        `INSERT INTO received_reports (id, community_id, root, length, hash, evidence, received_at, expires_at)
         VALUES (?, ?, ?, 1, ?, ?, 0, 0)`,
        [freshId(), guardian.communityId, random(32), random(32), random(1)],
      )
    }
    // it would be refused, were anything worked out of it
    const lazy = await letter({ lazy: true })
    await bring(lazy)
    expect([coming(), looked()]).toEqual([maxHere, 0])
    database.run('DELETE FROM received_reports WHERE rowid = (SELECT max(rowid) FROM received_reports)')
    await bring(lazy)
    expect([coming(), looked()]).toEqual([maxHere - 1, 1])
  })

  it('takes no part of another length, and puts away what is not what the letter said', async () => {
    const real = await letter()
    await bring(real)
    const part = [...guardian.member.safety.sources(guardian.communityId)()].find(
      ({ capability }) => hex(capability.place) !== hex(real.place) && 'write' in capability,
    )
    if (part === undefined) throw new Error('No part is looked for')
    const box = { ...real, place: part.capability.place, content: random(99) }
    await part.handle(box)
    expect(guardian.member.database.all('SELECT * FROM received_report_parts')).toEqual([])
    await part.handle({ ...box, content: random(100) })
    expect(coming()).toBe(0)
    await part.handle({ ...box, content: random(100) })
    expect(coming()).toBe(0)
  })

  it('opens nothing that is not there', () => {
    for (const act of [guardian.member.safety.openReport.bind(guardian.member.safety)]) {
      expect(() => act(freshId<ReportId>())).toThrow(expect.objectContaining({ code: 'not-found' }))
    }
    expect(() => guardian.member.safety.reports.delete(freshId<ReportId>())).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    )
  })
})
