import { describe, expect, it } from 'vitest'
import { freshId } from '../../core/base/ids.ts'
import { calendarText } from '../../core/mentorships/calendar.ts'
import { eventually } from '../support/eventually.ts'
import { begun, eachWithMentors, type FreshMentors, type Mentor } from '../support/mentors.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

let ada: Mentor
let bo: Mentor
let exchange: FreshMentors['exchange']
let clock: FreshMentors['clock']

eachWithMentors((fresh) => ({ ada, bo, exchange, clock } = fresh))

const begin = (): Promise<string> => begun({ ada, bo, exchange })
const reminders = ({ told }: Mentor) => told.filter(({ type }) => type === 'reminder')

/** Until the loop has slept again at the time that it is now. */
async function pass(ms: number, sides: readonly Mentor[] = [ada, bo]): Promise<void> {
  clock.advance(ms)
  for (const { app } of sides) {
    await app.stop()
    await app.start()
  }
}

async function accepted(at: number): Promise<string> {
  const session = await bo.plan(at)
  await exchange()
  await ada.take(session)
  await exchange()
  return session
}

describe('a reminder', () => {
  it('comes once at its time, while the app runs, and says nothing but that', async () => {
    const mentorshipId = await begin()
    await ada.app.start()
    const at = clock.now() + 2 * hour
    const sessionId = await accepted(at)
    expect(reminders(ada)).toEqual([])
    expect(ada.view().sessions[0]?.near).toBe(false)
    clock.advance(89 * minute)
    expect(reminders(ada)).toEqual([])
    await eventually(() => {
      // the loop may not have begun to wait at the time of the last one
      clock.advance(minute)
      return reminders(ada).length > 0
    })
    expect(reminders(ada)).toEqual([{ type: 'reminder', mentorshipId, sessionId, at }])
    expect(ada.view().sessions[0]?.near).toBe(true)
    await pass(5 * minute)
    await pass(5 * minute)
    expect(reminders(ada)).toHaveLength(1)
  })

  it('comes after a restart too, unless the session is over', async () => {
    await begin()
    const at = clock.now() + day
    await accepted(at)
    await accepted(at + 3 * day)
    await pass(day + 10 * minute)
    expect(reminders(ada)).toHaveLength(1)
    await pass(4 * day)
    expect(reminders(ada)).toHaveLength(1)
    expect(ada.view().waits).toContain('took-place')
  })

  it('comes anew for another time, and not where it is switched off', async () => {
    const id = await begin()
    const at = clock.now() + hour
    const session = await accepted(at)
    bo.app.setOwn(id, { reminder: null })
    await pass(40 * minute)
    expect([reminders(ada).length, reminders(bo).length]).toEqual([1, 0])
    await ada.saying.plan(id, { session, at: at + day, minutes: 60, format: 'text', note: '', teaches: 'me' })
    await exchange()
    await bo.take(session)
    await exchange()
    await pass(day)
    expect([reminders(ada).length, reminders(bo).length]).toEqual([2, 0])
  })

  it('does not come once it is over', async () => {
    const id = await begin()
    await accepted(clock.now() + hour)
    await ada.app.end(id, { erase: 'nothing', block: false })
    await exchange()
    await pass(40 * minute)
    expect([...reminders(ada), ...reminders(bo)]).toEqual([])
  })
})

describe('a check-in', () => {
  it('comes once when nothing has moved for three weeks, and again only after something has', async () => {
    const id = await begin()
    await pass(21 * day - minute)
    expect(ada.view().waits).toEqual([])
    await pass(minute)
    expect(ada.view().waits).toEqual(['check-in'])
    ada.app.setOwn(id, { checkInSeen: true })
    await pass(60 * day)
    expect(ada.view().waits).toEqual([])
    expect(bo.view().waits).toEqual(['check-in'])
    await bo.saying.edit(id, { kind: 'text', field: 'notes', from: '', to: 'still here' })
    await exchange()
    expect([ada.view().waits, bo.view().waits]).toEqual([[], []])
    await pass(21 * day)
    expect(ada.view().waits).toEqual(['check-in'])
  })

  it('does not come while a session is to come, in a pause, or where it is switched off', async () => {
    const id = await begin()
    await accepted(clock.now() + 30 * day)
    await pass(25 * day)
    expect(ada.view().waits).toEqual([])
    await pass(30 * day)
    expect(ada.view().waits).toEqual(['took-place', 'check-in'])
    ada.app.setOwn(id, { checkIns: false })
    expect(ada.view().waits).toEqual(['took-place'])
    await bo.say('pause')
    expect(bo.view().waits).toEqual(['took-place'])
  })
})

describe('an appointment for a calendar', () => {
  const at = Date.UTC(2027, 2, 1, 17, 30)
  const written = (title: string) =>
    calendarText({ at, minutes: 45 }, { title, uid: 'f0'.repeat(16), now: Date.UTC(2026, 10, 18, 12) })

  it('is as RFC 5545 says', () => {
    expect(written('Appointment').split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Calendar//EN',
      'BEGIN:VEVENT',
      `UID:${'f0'.repeat(16)}`,
      'DTSTAMP:20261118T120000Z',
      'DTSTART:20270301T173000Z',
      'DTEND:20270301T181500Z',
      'SUMMARY:Appointment',
      'CLASS:PRIVATE',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ])
  })

  it('is one for a session that a contact put at the end of time', () => {
    const last = 253_402_300_799_000
    const text = calendarText({ at: last, minutes: 480 }, { title: 'x', uid: 'f0', now: 0 })
    expect(text).toContain('DTSTART:99991231T235959Z\r\nDTEND:99991231T235959Z\r\n')
  })

  it('has its text escaped (section 3.3.11) and its lines folded at 75 bytes, between letters (section 3.1)', () => {
    const title = `a;b,c\\d ${'約'.repeat(60)}`
    const text = written(title)
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    expect(text).not.toMatch(/[^\r]\n|\r[^\n]/)
    const unfolded = text.replaceAll('\r\n ', '')
    expect(unfolded).toContain(String.raw`SUMMARY:a\;b\,c\\d ${'約'.repeat(60)}`)
    expect(Buffer.from(text).toString('utf8')).not.toContain('\uFFFD')
  })

  it('is made of an accepted session, and tells nothing of anybody', async () => {
    const id = await begin()
    const session = await bo.plan(at, { note: 'behind the theatre' })
    await exchange()
    expect(() => ada.app.calendar(id, session, 'Appointment')).toThrowError(
      expect.objectContaining({ code: 'wrong-state' }),
    )
    expect(() => ada.app.calendar(id, freshId(), 'x')).toThrowError(expect.objectContaining({ code: 'not-found' }))
    await ada.take(session)
    const [first, second] = [ada.app.calendar(id, session, 'Appointment'), ada.app.calendar(id, session, 'Appointment')]
    expect(first.name).toBe('appointment.ics')
    for (const word of ['theatre', 'Heron', 'Fern', 'Bookbinding', 'Bind', id, session, ada.friend.id, 'taffetta']) {
      expect(first.text).not.toContain(word)
    }
    // nothing in two of them says that they are of one
    const uid = (text: string) => /UID:(.*)/.exec(text)?.[1]
    expect(uid(first.text)).not.toBe(uid(second.text))
  })
})

it('what is a person’s alone is in nothing that is sent', async () => {
  const id = await begin()
  const secret = 'Only-for-my-own-eyes'
  const sent: Buffer[] = []
  // what is encrypted: records as they leave the area, before any ciphertext hides them
  const record = ada.friend.actions.record.bind(ada.friend.actions)
  ada.friend.actions.record = (conversation, area, make) =>
    record(conversation, area, () => {
      const body = make()
      if (body !== undefined) sent.push(Buffer.from(body))
      return body
    })
  ada.app.setOwn(id, { notes: `${secret} notes` })
  const session = await ada.plan(clock.now())
  await exchange()
  await bo.take(session)
  await exchange()
  await ada.saying.held(id, session, 60)
  await ada.saying.edit(id, { kind: 'text', field: 'notes', from: '', to: 'for both' })
  for (const side of [ada, bo]) await side.say('finish').then(exchange)
  await ada.app.debrief(id, { well: `${secret} answer` }, false)
  await ada.saying.thank(id, 'thank you')
  await ada.app.erase(id, { workspace: true, files: true })
  await exchange()
  const all = Buffer.concat(sent)
  expect(sent.length).toBeGreaterThan(5)
  expect(all.includes('thank you')).toBe(true)
  expect(all.includes(secret)).toBe(false)
  expect(ada.view()).toMatchObject({ own: { notes: `${secret} notes` } })
  expect(bo.friend.database.all('SELECT notes, debrief FROM mentorships')).toEqual([{ notes: '', debrief: '{}' }])
  expect(bo.app.hours()).toEqual({ given: 0, received: 0, mentorships: [] })
})
