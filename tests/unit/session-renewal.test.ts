import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fromUtf8, utf8, type Bytes } from '../../core/base/bytes.ts'
import type { Database } from '../../core/database/database.ts'
import { Ratchet } from '../../core/ratchet/ratchet.ts'
import { schema } from '../../core/ratchet/schema.ts'
import type { SessionRef } from '../../core/ratchet/session.ts'
import { faultOf } from '../support/faults.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { scratch, type Scratch } from '../support/scratch.ts'

const day = 86_400_000
const persona = 'a'.repeat(32)
const [hello, welcome] = [utf8('begun anew'), utf8('in use')]

let clock: ManualClock
let files: Scratch
let here: Side
let there: Side

/** One end of a session. */
class Side {
  readonly database: Database
  readonly ratchet: Ratchet
  readonly identity: string
  session: SessionRef

  constructor(name: string) {
    this.database = files.database(name, schema)
    this.ratchet = new Ratchet(this.database, clock)
    this.identity = this.ratchet.createIdentity(persona)
    this.session = { identityId: this.identity, remote: '' }
  }

  get key(): Bytes {
    return this.ratchet.identityKey(this.identity)
  }

  async write(text: string): Promise<Bytes> {
    const step = await this.ratchet.encrypt(this.session, utf8(text))
    this.database.transaction(() => step.commit())
    return step.value
  }

  async read(ciphertext: Bytes): Promise<string> {
    const step = await this.ratchet.decrypt(this.session, ciphertext)
    this.database.transaction(() => step.commit())
    return fromUtf8(step.value)
  }

  bundle(): Bytes {
    this.ratchet.rotate(this.identity, clock.now() + 15 * day)
    return this.ratchet.bundle(this.identity)
  }
}

beforeEach(async () => {
  clock = new ManualClock()
  files = scratch()
  here = new Side('here')
  there = new Side('there')
  const begun = await here.ratchet.begin(here.identity, there.bundle(), utf8('hello'))
  begun.commit()
  here.session = begun.value.session
  const received = await there.ratchet.receiveFirst(there.identity, here.key, begun.value.ciphertext)
  received.commit()
  there.session = received.value.session
  await here.read(await there.write('welcome'))
})
afterEach(() => files.remove())

/** `there` asked with a bundle: the first message that `here` makes of it, on disk. */
async function begin(bundle = there.bundle()): Promise<Bytes> {
  const begun = await here.ratchet.renewal.begin(here.identity, bundle, hello)
  here.database.transaction(() => begun.commit())
  return begun.value.ciphertext
}

const receive = (first: Bytes, remoteIdentityKey = here.key) =>
  there.ratchet.renewal.receive(
    there.identity,
    { remoteIdentityKey, ciphertext: first },
    { expected: hello, answer: welcome },
  )

describe('a session that is begun anew', () => {
  it('takes the place of the old one on both sides, which is gone', async () => {
    const before = [await here.write('old, on its way'), await there.write('old too, on its way')]
    there.ratchet.deleteSession(there.session)
    expect(there.ratchet.hasSession(there.session)).toBe(false)
    const first = await begin()
    const received = await receive(first)
    there.database.transaction(() => received.steps.commit())
    const finished = await here.ratchet.renewal.finish(here.session, received.ciphertext, welcome)
    here.database.transaction(() => finished.commit())
    expect(there.ratchet.hasSession(there.session)).toBe(true)
    expect(here.database.all('SELECT * FROM ratchet_renewals')).toEqual([])
    for (let round = 0; round < 3; round++) {
      expect(await there.read(await here.write(`to there ${round}`))).toBe(`to there ${round}`)
      expect(await here.read(await there.write(`to here ${round}`))).toBe(`to here ${round}`)
    }
    const [toThere = hello, toHere = hello] = before
    expect(await faultOf(() => there.read(toThere))).toBe('unreadable')
    expect(await faultOf(() => here.read(toHere))).toBe('unreadable')
  })

  it('leaves the old one in use until the answer is here', async () => {
    const first = await begin()
    expect(await there.read(await here.write('still'))).toBe('still')
    expect(await here.read(await there.write('as before'))).toBe('as before')
    const received = await receive(first)
    // not committed: nothing has changed on that side either
    expect(await here.read(await there.write('and after'))).toBe('and after')
    expect(received.ciphertext.length).toBeLessThan(512)
  })

  it('encrypts what waits in the same step', async () => {
    const received = await receive(await begin())
    const waited = await Promise.resolve(received.steps.encrypt(utf8('waited')))
    there.database.transaction(() => received.steps.commit())
    const finished = await here.ratchet.renewal.finish(here.session, received.ciphertext, welcome)
    const mine = await finished.encrypt(utf8('waited here'))
    here.database.transaction(() => finished.commit())
    expect(await here.read(waited)).toBe('waited')
    expect(await there.read(mine)).toBe('waited here')
  })

  it('is begun with the last asking only', async () => {
    const early = await begin()
    const late = await begin()
    const received = await receive(early)
    expect(await faultOf(() => here.ratchet.renewal.finish(here.session, received.ciphertext, welcome))).toBe(
      'unreadable',
    )
    const again = await receive(late)
    there.database.transaction(() => again.steps.commit())
    const finished = await here.ratchet.renewal.finish(here.session, again.ciphertext, welcome)
    here.database.transaction(() => finished.commit())
    expect(await there.read(await here.write('yes'))).toBe('yes')
  })

  it('is begun once with the same first message, whatever becomes of the session', async () => {
    const first = await begin()
    const received = await receive(first)
    there.database.transaction(() => received.steps.commit())
    expect(await faultOf(() => receive(first))).toBe('unreadable')
    there.ratchet.deleteSession(there.session)
    expect(await faultOf(() => receive(first))).toBe('unreadable')
  })

  it('cannot be begun with keys that were forgotten or are past their time', async () => {
    const bundle = there.bundle()
    const first = await begin(bundle)
    const late = await begin(there.bundle())
    there.ratchet.forgetBundle(there.identity, bundle)
    expect(await faultOf(() => receive(first))).toBe('unreadable')
    clock.advance(31 * day)
    expect(await faultOf(() => receive(late))).toBe('unreadable')
  })

  it('is refused where it was begun for something else, by somebody else, or changed on the way', async () => {
    const other = await here.ratchet.renewal.begin(here.identity, there.bundle(), utf8('another conversation'))
    expect(await faultOf(() => receive(other.value.ciphertext))).toBe('unreadable')
    const stranger = here.ratchet.identityKey(here.ratchet.createIdentity(persona))
    const first = await begin()
    expect(await faultOf(() => receive(first, stranger))).toBe('unreadable')
    expect(await faultOf(() => receive(first, stranger.slice(1)))).toBe('malformed')
    const changed = new Uint8Array(first)
    changed[changed.length - 20] = (changed.at(-20) ?? 0) ^ 1
    expect(await faultOf(() => receive(changed))).toBe('unreadable')
    const received = await receive(first)
    expect(await faultOf(() => here.ratchet.renewal.finish(here.session, received.ciphertext, hello))).toBe(
      'unreadable',
    )
    here.ratchet.renewal.forget(here.session)
    expect(await faultOf(() => here.ratchet.renewal.finish(here.session, received.ciphertext, welcome))).toBe(
      'not-found',
    )
  })
})

describe('a session', () => {
  it('is known to be lost or damaged', () => {
    expect(here.ratchet.hasSession(here.session)).toBe(true)
    here.database.run('UPDATE ratchet_sessions SET record = ?', [Uint8Array.of(1, 2, 3)])
    expect(here.ratchet.hasSession(here.session)).toBe(false)
    there.ratchet.deleteIdentity(there.identity)
    expect(there.ratchet.hasSession(there.session)).toBe(false)
  })
})
