import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { IdentityKeyPair } from '@signalapp/libsignal-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { utf8, type Bytes } from '../../core/base/bytes.ts'
import { random } from '../../core/crypto/random.ts'
import { Database } from '../../core/database/database.ts'
import { isMirrored, maxScannable, safetyNumber, type End } from '../../core/ratchet/fingerprint.ts'
import { Ratchet } from '../../core/ratchet/ratchet.ts'
import { faultOf } from '../support/faults.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { introduce, pairSchema } from '../support/pair.ts'
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
