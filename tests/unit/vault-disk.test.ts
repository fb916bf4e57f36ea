import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isFault } from '../../core/base/fault.ts'
import { costFloor } from '../../core/crypto/passphrase.ts'
import { ProfileLock } from '../../core/vault/profile-lock.ts'
import { Vault } from '../../core/vault/vault.ts'
import { faultOf } from '../support/faults.ts'
import { scratch, type Scratch } from '../support/scratch.ts'
import { smallDisk, type SmallDisk } from '../support/small-disk.ts'

const passphrase = 'three herons over the mill'
const migrations = [{ name: 'test/1', sql: 'CREATE TABLE notes (text TEXT NOT NULL) STRICT' }]

let files: Scratch
let disks: SmallDisk[]

beforeEach(() => {
  files = scratch()
  disks = []
})
afterEach(() => {
  for (const disk of disks) disk.remove()
  files.remove()
})

/** With CI=true a missing disk is a failure; elsewhere the test says why it is skipped. */
function diskOf(sizeKiB: number, skip: (why: string) => never): SmallDisk {
  const disk = smallDisk(join(files.directory, `disk-${sizeKiB}`), sizeKiB)
  if (disk !== undefined) {
    disks.push(disk)
    return disk
  }
  if (process.env['CI'] === 'true') throw new Error('CI cannot mount the tmpfs that disk-full tests need')
  return skip('no right to mount a tmpfs, which a full disk takes')
}

const everything = (path: string): string[] => readdirSync(path, { recursive: true }).map(String).toSorted()

describe('a full disk', () => {
  it('makes a whole vault or none, however little is left', { timeout: 60_000 }, async ({ skip }) => {
    const results: boolean[] = []
    for (let sizeKiB = 4; results.at(-1) !== true; sizeKiB += 4) {
      const { path } = diskOf(sizeKiB, skip)
      const directory = join(path, 'profile')
      const vault = new Vault({ directory, migrations, cost: costFloor })
      try {
        await vault.create(passphrase)
        results.push(true)
      } catch (error) {
        if (!isFault(error, 'disk-full')) throw error
        results.push(false)
      }
      vault.lock()
      expect(vault.state()).toBe(results.at(-1) === true ? 'locked' : 'absent')
      if (vault.state() === 'absent') expect(everything(path)).toEqual([])
    }
    expect(results.length).toBeGreaterThan(2)
  })

  it('is said when unlocking and when writing, and loses nothing', async ({ skip }) => {
    const disk = diskOf(512, skip)
    const vault = new Vault({ directory: join(disk.path, 'profile'), migrations, cost: costFloor })
    const database = await vault.create(passphrase)
    database.run('INSERT INTO notes (text) VALUES (?)', ['kept'])
    disk.fill()
    const long = 'too long '.repeat(50_000)
    expect(await faultOf(() => database.run('INSERT INTO notes (text) VALUES (?)', [long]))).toBe('disk-full')
    expect(database.all('SELECT text FROM notes')).toEqual([{ text: 'kept' }])
    vault.lock()

    disk.fill()
    expect(await faultOf(() => vault.unlock(passphrase))).toBe('disk-full')
    expect(vault.state()).toBe('locked')
    disk.empty()
    const again = await vault.unlock(passphrase)
    expect(again.all('SELECT text FROM notes')).toEqual([{ text: 'kept' }])
    vault.lock()
  })

  it('is said when a profile is taken, which leaves nothing held', async ({ skip }) => {
    const disk = diskOf(64, skip)
    disk.fill()
    const lock = new ProfileLock(join(disk.path, 'profile'))
    expect(await faultOf(() => lock.start())).toBe('disk-full')
    disk.empty()
    await lock.start()
    await lock.stop()
  })
})
