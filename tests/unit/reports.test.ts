import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Fault } from '../../core/base/fault.ts'
import type { ReportId } from '../../core/base/ids.ts'
import { boxLife } from '../../core/safety/reports/sending.ts'
import { nameGuardians } from '../support/acquainted.ts'
import { eventually } from '../support/eventually.ts'
import { Reporting } from '../support/reporting.ts'

/* Evidence on its way from a reporter to a guardian, over one node's rules. */

const day = 86_400_000

let scene: Reporting

beforeEach(async () => {
  scene = await Reporting.start()
})

afterEach(() => scene.end())

describe('a report', () => {
  it('goes to the guardian, who alone can read it, and answers nothing', async () => {
    expect(scene.village.seeker.safety.guardians()).toMatchObject([{ name: 'The oak', mine: false }])
    expect(scene.guardian.member.safety.guardians()).toMatchObject([{ name: 'The oak', mine: true }])
    scene.send()
    expect(scene.sent()).toMatchObject([
      { guardian: 'The oak', about: 'Maple Heron', signed: true, state: 'preparing' },
    ])
    await scene.arrives()
    await scene.look()
    expect(scene.received()).toMatchObject([{ about: 'Maple Heron', from: 'Quiet River', opened: false }])
    const opened = scene.guardian.member.safety.openReport(scene.received()[0]?.id as ReportId)
    expect(opened.evidence).toMatchObject({
      exporter: { pseudonym: 'Quiet River', mine: false },
      contact: { pseudonym: 'Maple Heron' },
      offer: { proven: true },
      note: 'What shall I do?',
      messages: [{ own: false, text: 'Send it, or everybody will know.' }],
    })
    expect(scene.guardian.member.safety.openEvidence(opened.bundle)).toEqual(opened.evidence)
    expect(scene.received()).toMatchObject([{ opened: true }])
    expect(scene.sent()).toMatchObject([{ state: 'sent', progress: null }])
    // nobody else watches for it
    await scene.village.check(scene.village.mentor)
    expect(scene.village.mentor.safety.reports.received()).toEqual([])
    expect([...scene.village.mentor.safety.sources(scene.village.communityId.mentor)()]).toEqual([])
    // it is there once, however often its letter is seen
    await scene.look()
    expect(scene.received()).toHaveLength(1)
    scene.guardian.member.safety.reports.delete(scene.received()[0]?.id as ReportId)
    await scene.look()
    expect(scene.received()).toEqual([])
  })

  it('of several parts comes whole, and its parts are stored before the letter', async () => {
    const long = Array.from({ length: 5 }, (_, index) => `${index} `.repeat(8000))
    const ids = long.map((text) => scene.pair.say(false, text))
    scene.village.seeker.safety.report(scene.wish(...ids), scene.key)
    await scene.arrives()
    await scene.look()
    const { evidence } = scene.guardian.member.safety.openReport(scene.received()[0]?.id as ReportId)
    expect(evidence.messages.map(({ text }) => text)).toEqual(long.map((text) => text.trim()))
  })

  it('waits where nobody answers, and goes on after a crash with the same boxes', async () => {
    scene.village.office.open = false
    scene.send()
    await eventually(() => scene.sent()[0]?.progress?.phase === 'waiting')
    scene.village.office.open = true
    scene.village.office.failures.push(undefined, new Fault('unreachable', 'Nobody answers'))
    scene.village.seeker = await scene.village.seeker.restart()
    // alone: what fails is meant for it
    await scene.village.seeker.safety.start()
    const boxes = () =>
      scene.village.seeker.database.all<{ box: Uint8Array<ArrayBuffer> | null }>(
        'SELECT box FROM sent_report_boxes ORDER BY part',
      )
    await eventually(() => boxes().some(({ box }) => box !== null))
    scene.village.seeker = await scene.village.seeker.restart()
    const before = boxes()
    await scene.village.seeker.start()
    await scene.arrives()
    for (const [index, { box }] of before.entries()) if (box !== null) expect(boxes()[index]?.box).toEqual(box)
    await scene.look()
    expect(scene.received()).toHaveLength(1)
  })

  it('that nodes refuse gives up, and is tried again when the person wishes', async () => {
    scene.village.office.takes = false
    const id = scene.send()
    await eventually(
      () => {
        scene.village.seeker.safety.wake()
        return scene.sent()[0]?.state === 'failed'
      },
      { what: 'giving up' },
    )
    expect(() => scene.village.seeker.safety.reports.retry('f'.repeat(32) as ReportId)).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    )
    scene.village.office.takes = true
    scene.village.seeker.safety.reports.retry(id)
    expect(() => scene.village.seeker.safety.reports.retry(id)).toThrow(
      expect.objectContaining({ code: 'wrong-state' }),
    )
    await scene.arrives()
    await scene.look()
    expect(scene.received()).toHaveLength(1)
  })

  it('that is taken back is off the nodes', async () => {
    const id = scene.send()
    await scene.arrives()
    const boxes = scene.village.seeker.database.all('SELECT part FROM sent_report_boxes').length
    expect(boxes).toBeGreaterThan(1)
    scene.village.seeker.safety.reports.takeBack(id)
    expect(scene.sent()).toEqual([])
    await eventually(() => scene.village.seeker.database.get('SELECT 1 AS here FROM sent_reports') === undefined)
    expect(scene.village.asked('delete')).toBe(boxes)
    await scene.look()
    expect(scene.received()).toEqual([])
    expect(() => scene.village.seeker.safety.reports.takeBack(id)).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    )
  })

  it('leaves nothing but that it was sent once its boxes have expired', async () => {
    scene.send()
    await scene.arrives()
    scene.village.clock.advance(boxLife + day)
    scene.village.seeker.safety.wake()
    await eventually(() => scene.sent()[0]?.state === 'over')
    expect(scene.village.seeker.database.all('SELECT evidence, root, author_seed FROM sent_reports')).toEqual([
      { evidence: null, root: null, author_seed: null },
    ])
    expect(scene.village.seeker.database.all('SELECT * FROM sent_report_boxes')).toEqual([])
  })

  it('is stored anew every day, while it lives', async () => {
    scene.send()
    await scene.arrives()
    const stored = scene.village.asked('store')
    scene.village.clock.advance(day + 1)
    scene.village.seeker.safety.wake()
    await eventually(() => scene.village.asked('store') >= stored + 2)
  })

  it('goes to nobody who is no guardian (any more)', async () => {
    const id = scene.pair.say(false, 'hello')
    expect(() => scene.village.seeker.safety.report(scene.wish(id), 'ab'.repeat(32))).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    )
    scene.village.office.open = false
    scene.village.seeker.safety.report(scene.wish(id), scene.key)
    await eventually(() => scene.sent()[0]?.progress?.phase === 'waiting')
    nameGuardians(scene.village.mentor, scene.village.communityId.mentor, [])
    scene.village.office.open = true
    await scene.village.mentor.commons.tend(scene.village.communityId.mentor)
    await scene.village.seeker.commons.refresh(scene.village.communityId.seeker)
    expect(scene.village.seeker.safety.guardians()).toEqual([])
    scene.village.seeker.safety.wake()
    await eventually(() => scene.sent()[0]?.state === 'failed')
    await scene.guardian.member.commons.refresh(scene.guardian.communityId)
    expect(scene.watches()).toEqual([])
  })
})
