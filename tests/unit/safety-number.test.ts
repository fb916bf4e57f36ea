import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { IdentityKeyPair } from '@signalapp/libsignal-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { utf8, type Bytes } from '../../core/base/bytes.ts'
import { random } from '../../core/crypto/random.ts'
import { Database } from '../../core/database/database.ts'
import { isMirrored, maxScannable, safetyNumber, type End } from '../../core/ratchet/fingerprint.ts'
import { Ratchet } from '../../core/ratchet/ratchet.ts'
import type { ConversationId } from '../../core/base/ids.ts'
import { Correspondent } from '../support/correspondent.ts'
import { faultOf } from '../support/faults.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { introduce, pairSchema } from '../support/pair.ts'
import { PostOffice } from '../support/post-office.ts'
import { scratch, type Scratch } from '../support/scratch.ts'

let files: Scratch
beforeEach(() => {
  files = scratch()
})
afterEach(() => files.remove())

const end = (): End => ({ name: random(32), identityKey: IdentityKeyPair.generate().publicKey.serialize() })

describe('a safety number', () => {
  it('is the same 60 digits for both ends, and each end is the mirror image of the other', () => {
    const [one, other] = [end(), end()]
    const here = safetyNumber(one, other)
    const there = safetyNumber(other, one)
    expect(here.digits).toMatch(/^\d{60}$/)
    expect(there.digits).toBe(here.digits)
    expect(here.scannable.length).toBeLessThanOrEqual(maxScannable)
    expect(isMirrored(here.scannable, there.scannable)).toBe(true)
    // one's own, shown back to oneself
    expect(isMirrored(here.scannable, here.scannable)).toBe(false)
  })

  it('is another where a key or a name is another', () => {
    const [one, other] = [end(), end()]
    const here = safetyNumber(one, other)
    for (const changed of [
      { ...other, identityKey: end().identityKey },
      { ...other, name: random(32) },
    ]) {
      expect(safetyNumber(one, changed).digits).not.toBe(here.digits)
      expect(isMirrored(here.scannable, safetyNumber(changed, one).scannable)).toBe(false)
    }
  })

  it('is not compared with what is none', async () => {
    const here = safetyNumber(end(), end()).scannable
    const notNumbers: Bytes[] = [
      new Uint8Array(0),
      utf8('https://example.org'),
      random(74),
      here.slice(0, 40),
      new Uint8Array(maxScannable + 1),
    ]
    for (const bytes of notNumbers) {
      expect(await faultOf(() => isMirrored(here, bytes))).toBe('malformed')
    }
  })

  it("takes the other's key out of the session, for as long as there is one", async () => {
    const clock = new ManualClock()
    const vaults = [files.database('seeker', pairSchema), files.database('mentor', pairSchema)] as const
    await introduce(...vaults, clock)
    const [seeker, mentor] = vaults.map((database) => {
      const row = database.get<{ identity_id: string; remote: string }>('SELECT identity_id, remote FROM conversations')
      return {
        ratchet: new Ratchet(database, clock),
        session: { identityId: row?.identity_id ?? '', remote: row?.remote ?? '' },
      }
    })
    if (seeker === undefined || mentor === undefined) throw new Error('two vaults')
    expect(seeker.ratchet.remoteIdentityKey(seeker.session)).toEqual(
      mentor.ratchet.identityKey(mentor.session.identityId),
    )
    expect(mentor.ratchet.remoteIdentityKey(mentor.session)).toEqual(
      seeker.ratchet.identityKey(seeker.session.identityId),
    )
    seeker.ratchet.deleteSession(seeker.session)
    expect(await faultOf(() => seeker.ratchet.remoteIdentityKey(seeker.session))).toBe('not-found')
  })
})

describe('the safety number of a conversation', () => {
  async function pair(nth: number): Promise<readonly [Correspondent, Correspondent]> {
    const clock = new ManualClock()
    const open = (name: string) => () => {
      const database = files.database(`${name}-${nth}`, pairSchema)
      return { database, ratchet: new Ratchet(database, clock), clock }
    }
    const vaults = [open('seeker'), open('mentor')] as const
    const ids = await introduce(vaults[0]().database, vaults[1]().database, clock)
    const office = new PostOffice(clock)
    return [new Correspondent(vaults[0], office, ids.seeker.id), new Correspondent(vaults[1], office, ids.mentor.id)]
  }
  const numberOf = ({ conversations: { security }, id }: Correspondent) => security.safetyNumber(id)
  const compare = ({ conversations: { security }, id }: Correspondent, code: string) => security.compare(id, code)

  it("matches where the two scan each other, and not with the code of anybody else or with one's own", async () => {
    const [seeker, mentor] = await pair(1)
    const [other] = await pair(2)
    const { code, digits } = numberOf(mentor)
    expect(numberOf(seeker)).toMatchObject({ digits, verified: false, changed: false })
    expect(compare(seeker, code)).toEqual({ match: true })
    expect(compare(seeker, ` ${code.toUpperCase()}\n`)).toEqual({ match: true })
    expect(compare(mentor, numberOf(seeker).code)).toEqual({ match: true })
    expect(compare(seeker, numberOf(seeker).code)).toEqual({ match: false })
    expect(compare(seeker, numberOf(other).code)).toEqual({ match: false })
    // comparing alone says nothing in the person's name
    expect(numberOf(seeker).verified).toBe(false)
  })

  it('is not compared with the code of something else', async () => {
    const [seeker, mentor] = await pair(1)
    const { code } = numberOf(mentor)
    const none = ['', 'hello', 'https://example.org', 'staffetta:invite:abcdef', 'staffetta:safety:', code.slice(0, -9)]
    for (const text of [...none, `${code}aaaaaaaa`, code.replace('safety:ae', 'safety:ai'), 'x'.repeat(5000)]) {
      expect(await faultOf(() => compare(seeker, text))).toBe('bad-input')
    }
  })

  it('is compared, or is not any more, when the person says so, and that is kept', async () => {
    const [seeker] = await pair(1)
    seeker.conversations.security.setVerified(seeker.id, true)
    await seeker.restart()
    expect(numberOf(seeker).verified).toBe(true)
    expect(seeker.conversations.view(seeker.id)).toMatchObject({ verified: true, keys: 'ok' })
    seeker.conversations.security.setVerified(seeker.id, false)
    expect(numberOf(seeker).verified).toBe(false)
  })

  it('is not there while there is no session, nor for a conversation that is none', async () => {
    const [seeker] = await pair(1)
    seeker.damage('session-lost')
    expect(await faultOf(() => numberOf(seeker))).toBe('wrong-state')
    const nobody = '00'.repeat(16) as ConversationId
    const { security } = seeker.conversations
    expect(await faultOf(() => security.safetyNumber(nobody))).toBe('not-found')
    expect(await faultOf(() => security.setVerified(nobody, true))).toBe('not-found')
    expect(await faultOf(() => security.goOn(nobody))).toBe('not-found')
    expect(await faultOf(() => security.goOn(seeker.id))).toBe('wrong-state')
  })
})

describe('a database', () => {
  it('holds nothing of what was deleted once it is scrubbed', () => {
    const path = join(files.directory, 'plain.db')
    // not encrypted, so that the test can look into the file
    const database = Database.open(path)
    const secret = 'what nobody should find again '.repeat(400)
    database.exec('CREATE TABLE words (text TEXT)')
    database.run('INSERT INTO words VALUES (?)', [secret])
    const found = () => [path, `${path}-wal`].some((file) => readFileSync(file).includes('nobody should find again'))
    expect(found()).toBe(true)
    database.run('DELETE FROM words')
    expect(found()).toBe(true)
    database.scrub()
    expect(found()).toBe(false)
    expect(statSync(`${path}-wal`).size).toBe(0)
    database.close()
  })
})
