import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fromBase64url, hex } from '../../core/base/bytes.ts'
import { encodeCbor } from '../../core/base/cbor.ts'
import { freshId, type ReportId } from '../../core/base/ids.ts'
import { sha256 } from '../../core/crypto/derive.ts'
import { random } from '../../core/crypto/random.ts'
import { sealTo } from '../../core/crypto/seal.ts'
import { freshSigningKey } from '../../core/crypto/sign.ts'
import { partLength, partOf } from '../../core/safety/reports/letter.ts'
import { partPlace } from '../../core/safety/reports/places.ts'
import { maxComing, maxHere } from '../../core/safety/reports/receiving.ts'
import { eventually } from '../support/eventually.ts'
import { Reporting } from '../support/reporting.ts'

/* Letters to a guardian, as polls bring them: whatever others wrote there, the honest one comes in. */

const day = 86_400_000

let scene: Reporting

beforeEach(async () => {
  scene = await Reporting.start()
})

afterEach(() => scene.end())

describe('a guardian', () => {
  it('looks at five weeks of letters, whether any came or not', () => {
    const watches = scene.watches()
    // of the weeks before they joined they have no secret
    expect(watches.length).toBeGreaterThanOrEqual(2)
    expect(watches.length).toBeLessThanOrEqual(5)
  })

  it('refuses what is no letter, and looks at it once', async () => {
    const { addressee } = scene.inbox()
    const bad = [
      { ...(await scene.letter()), content: random(200) },
      { ...(await scene.letter()), content: sealTo(random(100), random(32)) },
      { ...(await scene.letter()), content: sealTo(encodeCbor({ v: 2 }), addressee.boxKey) },
      await scene.letter({ content: encodeCbor({ v: 1, w: random(8), r: random(32), l: 98_305, h: random(32) }) }),
      await scene.letter({ content: new Uint8Array(0) }),
    ]
    for (const box of bad) {
      await scene.bring(box)
      await scene.bring(box)
    }
    expect(scene.coming).toBe(0)
    expect(scene.looked).toBe(bad.length)
  })

  it('refuses a letter without work, or with that of another', async () => {
    await scene.bring(await scene.letter({ lazy: true }))
    expect(scene.coming).toBe(0)
    expect(scene.looked).toBe(1)
    // done for another box: it fits this one by chance, and then with that chance alone
    const stolen = await Promise.all(
      Array.from({ length: 8 }, async () => ({ ...(await scene.letter()), author: random(32) })),
    )
    for (const box of stolen) await scene.bring(box)
    expect(scene.coming).toBeLessThan(stolen.length)
  })

  it('keeps so many letters of what is not there, and those that were looked for in vain make room', async () => {
    scene.crowd(maxComing - 1)
    await scene.bring(await scene.letter())
    expect(scene.coming).toBe(maxComing)
    await scene.bring(await scene.letter())
    expect(scene.coming).toBe(maxComing)
    // an honest one comes in all the same, in the end
    scene.send()
    await scene.arrives()
    await eventually(
      async () => {
        await scene.look()
        return scene.received().length === 1
      },
      { what: 'the honest report' },
    )
    expect(scene.coming).toBeLessThanOrEqual(maxComing + 1)
    scene.village.clock.advance(20 * day)
    scene.guardian.member.safety.wake()
    await scene.guardian.member.start()
    await eventually(() => scene.coming === 1)
  })

  it('works out nothing of letters for which there is no room', async () => {
    const { database } = scene.guardian.member
    for (let index = 0; index < maxHere; index++) {
      database.run(
        `INSERT INTO received_reports (id, community_id, root, length, hash, evidence, received_at, expires_at)
         VALUES (?, ?, ?, 1, ?, ?, 0, 0)`,
        [freshId(), scene.guardian.communityId, random(32), random(32), random(1)],
      )
    }
    // it would be refused, were anything worked out of it
    const lazy = await scene.letter({ lazy: true })
    await scene.bring(lazy)
    expect([scene.coming, scene.looked]).toEqual([maxHere, 0])
    database.run('DELETE FROM received_reports WHERE rowid = (SELECT max(rowid) FROM received_reports)')
    await scene.bring(lazy)
    expect([scene.coming, scene.looked]).toEqual([maxHere - 1, 1])
  })

  it('looks at the work of a letter once, and lets it in when there is room', async () => {
    scene.crowd(maxComing)
    const late = await scene.letter()
    await scene.bring(late)
    expect([scene.coming, scene.looked]).toEqual([maxComing, 1])
    // it would be refused, were anything looked at
    await scene.bring({ ...late, content: random(200) })
    scene.forget('ORDER BY rowid LIMIT 1')
    await scene.bring(late)
    expect([scene.coming, scene.looked]).toEqual([maxComing, 1])
    // what stands there now is not what was looked at: an author can sign another with the same number
    const swapped = await scene.letter()
    await scene.bring(swapped)
    scene.forget('ORDER BY rowid LIMIT 1')
    const other = await scene.letter({ lazy: true })
    await scene.bring({ ...swapped, content: other.content })
    expect([scene.coming, scene.looked]).toEqual([maxComing - 1, 2])
    await scene.bring(swapped)
    expect(scene.coming).toBe(maxComing - 1)
  })

  it('looks again for a report that had to make room, once there is some', async () => {
    const { village } = scene
    const { bundle } = village.seeker.safety.makeEvidence(scene.wish(scene.pair.say(false, 'Send it.')))
    const evidence = fromBase64url(bundle)
    const root = random(32)
    const honest = await scene.letter({ says: { root, length: evidence.length, hash: sha256(evidence) } })
    await scene.bring(honest)
    scene.setTries(5)
    scene.crowd(maxComing - 1)
    await scene.bring(await scene.letter())
    expect(scene.isComing(root)).toBe(false)
    // those that were looked for less often have their turn first
    scene.setTries(5)
    await scene.bring(honest)
    expect(scene.isComing(root)).toBe(false)
    scene.setTries(6)
    await scene.bring(honest)
    expect(scene.isComing(root)).toBe(true)
    scene.setTries(7, root)
    await scene.bring(await scene.letter())
    expect(scene.isComing(root)).toBe(false)
    // the flood is over
    scene.forget('ORDER BY rowid')
    for (let part = 0; part * partLength < evidence.length; part++) {
      await village.office.store(
        await village.office.prepare({
          capability: partPlace(root, part),
          author: freshSigningKey(),
          sequence: 1n,
          expiryHours: honest.expiryHours,
          content: partOf(evidence, part),
        }),
      )
    }
    await scene.bring(honest)
    await scene.look()
    expect(scene.received()).toHaveLength(1)
  })

  it('gets no report again that was deleted, whichever letter tells of it', async () => {
    scene.send()
    await scene.arrives()
    await scene.look()
    const { root } = scene.guardian.member.safety.reports.open(scene.received()[0]?.id as ReportId)
    scene.guardian.member.safety.reports.delete(scene.received()[0]?.id as ReportId)
    await scene.bring(await scene.letter({ says: { root } }))
    expect(scene.isComing(root)).toBe(false)
  })

  it('takes no part of another length, and puts away what is not what the letter said', async () => {
    const real = await scene.letter()
    await scene.bring(real)
    const part = scene
      .watches()
      .find(({ capability }) => hex(capability.place) !== hex(real.place) && 'write' in capability)
    if (part === undefined) throw new Error('No part is looked for')
    const box = { ...real, place: part.capability.place, content: random(99) }
    await part.handle(box)
    expect(scene.guardian.member.database.all('SELECT * FROM received_report_parts')).toEqual([])
    await part.handle({ ...box, content: random(100) })
    expect(scene.coming).toBe(0)
    await part.handle({ ...box, content: random(100) })
    expect(scene.coming).toBe(0)
  })

  it('opens nothing that is not there', () => {
    for (const act of [scene.guardian.member.safety.openReport.bind(scene.guardian.member.safety)]) {
      expect(() => act(freshId<ReportId>())).toThrow(expect.objectContaining({ code: 'not-found' }))
    }
    expect(() => scene.guardian.member.safety.reports.delete(freshId<ReportId>())).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    )
  })
})
