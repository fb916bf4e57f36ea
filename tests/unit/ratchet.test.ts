import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fromUtf8, utf8, type Bytes } from '../../core/base/bytes.ts'
import type { Database } from '../../core/database/database.ts'
import { bundleLength } from '../../core/ratchet/bundle.ts'
import { Ratchet } from '../../core/ratchet/ratchet.ts'
import { schema } from '../../core/ratchet/schema.ts'
import type { SessionRef } from '../../core/ratchet/session.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { scratch, type Scratch } from '../support/scratch.ts'

const day = 86_400_000
const persona = 'a'.repeat(32)

let clock: ManualClock
let files: Scratch
let seeker: Side
let mentor: Side

/** One person: a vault and the ratchet in it. */
class Side {
  readonly database: Database
  readonly ratchet: Ratchet
  readonly identity: string

  constructor(database: Database, identity?: string) {
    this.database = database
    this.ratchet = new Ratchet(database, clock)
    this.identity = identity ?? this.ratchet.createIdentity(persona)
  }

  async encrypt(session: SessionRef, text: string): Promise<Bytes> {
    const step = await this.ratchet.encrypt(session, utf8(text))
    this.database.transaction(() => step.commit())
    return step.value
  }

  async decrypt(session: SessionRef, ciphertext: Bytes): Promise<string> {
    const step = await this.ratchet.decrypt(session, ciphertext)
    this.database.transaction(() => step.commit())
    return fromUtf8(step.value)
  }
}

/** Begins a session and lets the mentor read it: both sides' references, and the first message. */
async function introduce(): Promise<{ ours: SessionRef; theirs: SessionRef; first: Bytes; key: Bytes }> {
  const begun = await seeker.ratchet.begin(seeker.identity, mentor.ratchet.bundle(mentor.identity), utf8('hello'))
  begun.commit()
  const first = begun.value.ciphertext
  const key = seeker.ratchet.identityKey(seeker.identity)
  const received = await mentor.ratchet.receiveFirst(mentor.identity, key, first)
  received.commit()
  expect(fromUtf8(received.value.plaintext)).toBe('hello')
  return { ours: begun.value.session, theirs: received.value.session, first, key }
}

beforeEach(() => {
  clock = new ManualClock()
  files = scratch()
  seeker = new Side(files.database('seeker', schema))
  mentor = new Side(files.database('mentor', schema))
})

afterEach(() => files.remove())

describe('a session', () => {
  it('carries messages both ways, and across restarts', async () => {
    const { ours, theirs } = await introduce()
    for (let round = 0; round < 3; round++) {
      expect(await seeker.decrypt(ours, await mentor.encrypt(theirs, `answer ${round}`))).toBe(`answer ${round}`)
      expect(await mentor.decrypt(theirs, await seeker.encrypt(ours, `question ${round}`))).toBe(`question ${round}`)
      seeker.database.close()
      seeker = new Side(files.database('seeker', schema), seeker.identity)
    }
  })

  it('takes messages out of order, each once', async () => {
    const { ours, theirs } = await introduce()
    await seeker.decrypt(ours, await mentor.encrypt(theirs, 'answer'))
    const sent: Bytes[] = []
    for (let i = 0; i < 8; i++) sent.push(await seeker.encrypt(ours, `${i}`))
    for (const i of [7, 0, 3, 6, 1, 5, 2, 4]) {
      expect(await mentor.decrypt(theirs, sent[i] ?? new Uint8Array())).toBe(`${i}`)
    }
    await expect(mentor.ratchet.decrypt(theirs, sent[3] ?? new Uint8Array())).rejects.toMatchObject({
      code: 'unreadable',
    })
  })

  it('refuses a changed message and reads the next one', async () => {
    const { ours, theirs } = await introduce()
    const good = await mentor.encrypt(theirs, 'answer')
    for (let i = 0; i < good.length; i++) {
      const bad = new Uint8Array(good)
      bad[i] = (bad[i] ?? 0) ^ 1
      await expect(seeker.ratchet.decrypt(ours, bad)).rejects.toMatchObject({ code: 'unreadable' })
    }
    expect(await seeker.decrypt(ours, good)).toBe('answer')
  })

  it('does not let the seeker write before the answer', async () => {
    const { ours } = await introduce()
    await expect(seeker.ratchet.encrypt(ours, utf8('too early'))).rejects.toMatchObject({ code: 'wrong-state' })
  })

  it('is begun once', async () => {
    await introduce()
    await expect(
      seeker.ratchet.begin(seeker.identity, mentor.ratchet.bundle(mentor.identity), utf8('again')),
    ).rejects.toMatchObject({ code: 'wrong-state' })
  })
})

describe('staging', () => {
  it('changes nothing before commit, so that a crash in between loses nothing', async () => {
    const { ours, theirs } = await introduce()
    const sent = await mentor.encrypt(theirs, 'answer')
    expect(fromUtf8((await seeker.ratchet.decrypt(ours, sent)).value)).toBe('answer')
    seeker.database.close()
    seeker = new Side(files.database('seeker', schema), seeker.identity)
    expect(await seeker.decrypt(ours, sent)).toBe('answer')
  })

  it('goes with the transaction that it is in', async () => {
    const { ours, theirs } = await introduce()
    const sent = await mentor.encrypt(theirs, 'answer')
    const step = await seeker.ratchet.decrypt(ours, sent)
    expect(() =>
      seeker.database.transaction(() => {
        step.commit()
        throw new Error('the disk was full')
      }),
    ).toThrow('the disk was full')
    expect(await seeker.decrypt(ours, sent)).toBe('answer')
  })

  it('refuses to commit two steps that began at the same state', async () => {
    const { theirs } = await introduce()
    const one = await mentor.ratchet.encrypt(theirs, utf8('one'))
    const two = await mentor.ratchet.encrypt(theirs, utf8('two'))
    one.commit()
    expect(() => two.commit()).toThrow(expect.objectContaining({ code: 'internal' }))
    expect(() => one.commit()).toThrow(expect.objectContaining({ code: 'internal' }))
  })

  it('is kept in order by the lock', async () => {
    const { ours, theirs } = await introduce()
    await seeker.decrypt(ours, await mentor.encrypt(theirs, 'answer'))
    const sent = await Promise.all(
      Array.from({ length: 20 }, (_, i) => seeker.ratchet.withLock(ours, () => seeker.encrypt(ours, `${i}`))),
    )
    for (const [i, message] of sent.entries()) expect(await mentor.decrypt(theirs, message)).toBe(`${i}`)
  })

  it('reports what really failed inside a store', async () => {
    const { theirs } = await introduce()
    const step = await mentor.ratchet.encrypt(theirs, utf8('x'))
    mentor.database.exec('DROP TABLE ratchet_sessions')
    expect(() => step.commit()).toThrow(/no such table/)
  })
})

describe('a replayed first message', () => {
  it('is refused while the session lives', async () => {
    const { first, key } = await introduce()
    await expect(mentor.ratchet.receiveFirst(mentor.identity, key, first)).rejects.toMatchObject({ code: 'unreadable' })
  })

  it('is refused after the session is deleted, also after a restart', async () => {
    const { first, key, theirs } = await introduce()
    mentor.ratchet.deleteSession(theirs)
    await expect(mentor.ratchet.receiveFirst(mentor.identity, key, first)).rejects.toMatchObject({ code: 'unreadable' })
    mentor.database.close()
    mentor = new Side(files.database('mentor', schema), mentor.identity)
    await expect(mentor.ratchet.receiveFirst(mentor.identity, key, first)).rejects.toMatchObject({ code: 'unreadable' })
  })

  it('is refused under any other name', async () => {
    const { first, theirs } = await introduce()
    mentor.ratchet.deleteSession(theirs)
    const other = seeker.ratchet.identityKey(seeker.ratchet.createIdentity(persona))
    await expect(mentor.ratchet.receiveFirst(mentor.identity, other, first)).rejects.toMatchObject({
      code: 'unreadable',
    })
  })

  it('is refused after the prekeys rotated: by the log while the old ones live, and as unreadable once they are gone', async () => {
    const { first, key, theirs } = await introduce()
    const log = () => mentor.database.get<{ n: number }>('SELECT count(*) AS n FROM ratchet_base_keys')?.n
    mentor.ratchet.deleteSession(theirs)
    clock.advance(7 * day)
    mentor.ratchet.rotate(mentor.identity, clock.now() + 7 * day)
    await expect(mentor.ratchet.receiveFirst(mentor.identity, key, first)).rejects.toMatchObject({ code: 'unreadable' })
    // the last moment at which the prekeys that it was made for can read anything
    clock.advance(16 * day - 1)
    mentor.ratchet.purge()
    await expect(mentor.ratchet.receiveFirst(mentor.identity, key, first)).rejects.toMatchObject({ code: 'unreadable' })
    expect(log()).toBe(1)
    clock.advance(1)
    await expect(mentor.ratchet.receiveFirst(mentor.identity, key, first)).rejects.toMatchObject({ code: 'unreadable' })
    mentor.ratchet.purge()
    expect(log()).toBe(0)
    await expect(mentor.ratchet.receiveFirst(mentor.identity, key, first)).rejects.toMatchObject({ code: 'unreadable' })
  })

  it('is refused by another identity of ours, which its prekeys do not belong to', async () => {
    const { first, key } = await introduce()
    const other = mentor.ratchet.createIdentity(persona, 'offer')
    mentor.ratchet.rotate(other, clock.now() + 7 * day)
    await expect(mentor.ratchet.receiveFirst(other, key, first)).rejects.toMatchObject({ code: 'unreadable' })
  })

  it('cannot be committed twice, even where both were staged before either was', async () => {
    const begun = await seeker.ratchet.begin(seeker.identity, mentor.ratchet.bundle(mentor.identity), utf8('hello'))
    begun.commit()
    const key = seeker.ratchet.identityKey(seeker.identity)
    const one = await mentor.ratchet.receiveFirst(mentor.identity, key, begun.value.ciphertext)
    const two = await mentor.ratchet.receiveFirst(mentor.identity, key, begun.value.ciphertext)
    one.commit()
    mentor.ratchet.deleteSession(one.value.session)
    expect(() => mentor.database.transaction(() => two.commit())).toThrow(
      expect.objectContaining({ code: 'unreadable' }),
    )
  })

  it('does not spend the base key when it was not committed', async () => {
    const begun = await seeker.ratchet.begin(seeker.identity, mentor.ratchet.bundle(mentor.identity), utf8('hello'))
    begun.commit()
    const key = seeker.ratchet.identityKey(seeker.identity)
    await mentor.ratchet.receiveFirst(mentor.identity, key, begun.value.ciphertext)
    const again = await mentor.ratchet.receiveFirst(mentor.identity, key, begun.value.ciphertext)
    again.commit()
    expect(fromUtf8(again.value.plaintext)).toBe('hello')
  })
})

describe('a hostile first message', () => {
  it('is refused with any byte changed, cut, or lengthened', async () => {
    const begun = await seeker.ratchet.begin(seeker.identity, mentor.ratchet.bundle(mentor.identity), utf8('hello'))
    const good = begun.value.ciphertext
    const key = seeker.ratchet.identityKey(seeker.identity)
    let accepted = 0
    for (let i = 0; i < good.length; i += i < 200 ? 1 : 37) {
      const bad = new Uint8Array(good)
      bad[i] = (bad[i] ?? 0) ^ 0x10
      const outcome = await mentor.ratchet.receiveFirst(mentor.identity, key, bad).then(
        () => 'taken',
        (error: { code?: string }) => error.code,
      )
      if (outcome === 'taken') accepted++
      else expect(outcome).toBe('unreadable')
    }
    // protobuf has fields that do not count, such as the registration id: those few bytes may change
    expect(accepted).toBeLessThan(8)
    for (const length of [0, 1, 2, 100, good.length - 1]) {
      await expect(mentor.ratchet.receiveFirst(mentor.identity, key, good.slice(0, length))).rejects.toMatchObject({
        code: 'unreadable',
      })
    }
    await expect(mentor.ratchet.receiveFirst(mentor.identity, key, new Uint8Array(65 * 1024))).rejects.toMatchObject({
      code: 'unreadable',
    })
    await expect(mentor.ratchet.receiveFirst(mentor.identity, key.slice(1), good)).rejects.toMatchObject({
      code: 'malformed',
    })
  })
})

describe('prekeys', () => {
  it('make a bundle of the documented size that stays the same until they rotate', () => {
    const bundle = mentor.ratchet.bundle(mentor.identity)
    expect(bundle.length).toBe(bundleLength)
    expect(bundleLength).toBe(1774)
    expect(mentor.ratchet.bundle(mentor.identity)).toEqual(bundle)
    mentor.ratchet.rotate(mentor.identity, clock.now() + 7 * day)
    expect(mentor.ratchet.bundle(mentor.identity)).not.toEqual(bundle)
  })

  it('are kept 16 days after their last publication, and then deleted', async () => {
    mentor.ratchet.rotate(mentor.identity, clock.now() + 7 * day)
    const begun = await seeker.ratchet.begin(seeker.identity, mentor.ratchet.bundle(mentor.identity), utf8('late'))
    begun.commit()
    const key = seeker.ratchet.identityKey(seeker.identity)
    clock.advance(7 * day)
    mentor.ratchet.rotate(mentor.identity, clock.now() + 7 * day)
    clock.advance(16 * day - 1)
    mentor.ratchet.purge()
    const received = await mentor.ratchet.receiveFirst(mentor.identity, key, begun.value.ciphertext)
    expect(fromUtf8(received.value.plaintext)).toBe('late')
    clock.advance(1)
    await expect(mentor.ratchet.receiveFirst(mentor.identity, key, begun.value.ciphertext)).rejects.toMatchObject({
      code: 'unreadable',
    })
    const count = () => mentor.database.get<{ n: number }>('SELECT count(*) AS n FROM ratchet_prekeys')?.n
    expect(count()).toBe(2)
    mentor.ratchet.purge()
    expect(count()).toBe(1)
  })

  it('of an offer outlive its sessions, and its identity outlives the offer for its sessions', async () => {
    mentor.ratchet.deleteIdentity(mentor.identity)
    mentor = new Side(mentor.database, mentor.ratchet.createIdentity(persona, 'offer'))
    const { theirs } = await introduce()
    mentor.ratchet.deleteSession(theirs)
    mentor.ratchet.deleteUnusedIdentity(mentor.identity)
    expect(mentor.ratchet.bundle(mentor.identity).length).toBe(bundleLength)
    seeker = new Side(seeker.database)
    const second = await introduce()
    mentor.ratchet.releaseIdentity(mentor.identity)
    expect(mentor.ratchet.identityKey(mentor.identity).length).toBe(33)
    mentor.ratchet.deleteSession(second.theirs)
    mentor.ratchet.deleteUnusedIdentity(mentor.identity)
    expect(mentor.database.all('SELECT id FROM ratchet_identities')).toEqual([])
  })

  it('go, with their log and sessions, when their identity goes', async () => {
    await introduce()
    mentor.ratchet.deleteIdentity(mentor.identity)
    for (const table of ['identities', 'prekeys', 'base_keys', 'sessions']) {
      expect(mentor.database.all(`SELECT * FROM ratchet_${table}`)).toEqual([])
    }
    expect(() => mentor.ratchet.bundle(mentor.identity)).toThrow(expect.objectContaining({ code: 'not-found' }))
  })
})
