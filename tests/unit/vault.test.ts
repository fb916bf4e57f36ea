import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { concat, utf8 } from '../../core/base/bytes.ts'
import { costFloor } from '../../core/crypto/passphrase.ts'
import { sha256 } from '../../core/crypto/derive.ts'
import { keyFileLength } from '../../core/vault/key-file.ts'
import { Vault } from '../../core/vault/vault.ts'
import { faultOf } from '../support/faults.ts'
import { scratch, type Scratch } from '../support/scratch.ts'

const passphrase = 'three herons over the mill'
const first = { name: 'test/1', sql: 'CREATE TABLE notes (text TEXT NOT NULL) STRICT' }
const second = { name: 'test/2', sql: 'ALTER TABLE notes ADD COLUMN read INTEGER NOT NULL DEFAULT 0' }

let files: Scratch
let directory: string

const vaultOf = (migrations = [first]): Vault => new Vault({ directory, migrations, cost: costFloor })
const inVault = (name: string): string => join(directory, 'vault', name)
const everything = (): string[] => readdirSync(directory, { recursive: true }).map(String).toSorted()

beforeEach(() => {
  files = scratch()
  directory = join(files.directory, 'profile')
})

afterEach(() => files.remove())

async function filled(): Promise<void> {
  const vault = vaultOf()
  const database = await vault.create(passphrase)
  database.run('INSERT INTO notes (text) VALUES (?)', ['the heron is grey'])
  vault.lock()
}

describe('a vault', () => {
  it('is absent, then open, then locked, then open again with what was in it', async () => {
    const vault = vaultOf()
    expect(vault.state()).toBe('absent')
    expect(existsSync(directory)).toBe(false)
    expect(await faultOf(() => vault.database)).toBe('vault-locked')
    expect(await faultOf(() => vault.unlock(passphrase))).toBe('vault-absent')

    const database = await vault.create(passphrase)
    expect(vault.state()).toBe('open')
    expect(vault.database).toBe(database)
    database.run('INSERT INTO notes (text) VALUES (?)', ['the heron is grey'])

    vault.lock()
    vault.lock()
    expect(vault.state()).toBe('locked')
    expect(await faultOf(() => vault.database)).toBe('vault-locked')

    const again = await vaultOf().unlock(passphrase)
    expect(again.all('SELECT text FROM notes')).toEqual([{ text: 'the heron is grey' }])
    again.close()
  })

  it('is for its owner alone, and holds no word in the clear', async () => {
    const vault = vaultOf()
    const database = await vault.create(passphrase)
    database.run('INSERT INTO notes (text) VALUES (?)', ['the heron is grey'])
    expect(statSync(directory).mode & 0o777).toBe(0o700)
    expect(statSync(inVault('')).mode & 0o777).toBe(0o700)
    const names = readdirSync(inVault(''))
    expect(names).toContain('database-wal')
    for (const name of names) {
      expect([name, statSync(inVault(name)).mode & 0o777]).toEqual([name, 0o600])
      const content = readFileSync(inVault(name))
      for (const word of ['heron', 'notes', 'SQLite', 'CREATE']) expect(content.includes(word)).toBe(false)
    }
    expect(statSync(inVault('key')).size).toBe(keyFileLength)
    vault.lock()
  })

  it('opens with the same words typed on another keyboard', async () => {
    const vault = vaultOf()
    await vault.create('caffè ristretto a mezzogiorno')
    vault.lock()
    await vault.unlock('caffe\u0300 ristretto a mezzogiorno')
    vault.lock()
  })

  it('refuses another passphrase, as often as one likes', async () => {
    await filled()
    const vault = vaultOf()
    for (const wrong of ['three herons over the hill', '', 'x'.repeat(5000)]) {
      expect(await faultOf(() => vault.unlock(wrong))).toBe('wrong-passphrase')
    }
    expect(vault.state()).toBe('locked')
    await vault.unlock(passphrase)
    expect(await faultOf(() => vault.unlock('three herons over the hill'))).toBe('wrong-passphrase')
    expect(vault.state()).toBe('open')
    expect(await vault.unlock(passphrase)).toBe(vault.database)
    vault.lock()
  })

  it('is never made over another, and not twice at once', async () => {
    await filled()
    const before = readFileSync(inVault('key'))
    expect(await faultOf(() => vaultOf().create(passphrase))).toBe('vault-exists')
    expect(readFileSync(inVault('key'))).toEqual(before)

    rmSync(inVault(''), { recursive: true })
    const [one, two] = [vaultOf(), vaultOf()]
    const results = await Promise.allSettled([one.create(passphrase), two.create('another passphrase of two')])
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(everything().filter((name) => name.startsWith('vault.new'))).toEqual([])
    one.lock()
    two.lock()
  })

  it('asks for a passphrase that is worth something, before it touches the disk', async () => {
    for (const weak of ['', 'short', 'password123', 'aaaaaaaaaaaaaaaa', '1234567890123456', 'giardino1985']) {
      expect(await faultOf(() => vaultOf().create(weak))).toBe('weak-passphrase')
    }
    expect(await faultOf(() => vaultOf().create('long and good '.repeat(30)))).toBe('bad-input')
    expect(await faultOf(() => vaultOf().create(`${passphrase} \ud800`))).toBe('bad-input')
    expect(existsSync(directory)).toBe(false)
  })

  it('stays locked where it was locked while it was being opened, and is not made then either', async () => {
    const vault = vaultOf()
    const making = faultOf(() => vault.create(passphrase))
    vault.lock()
    expect(await making).toBe('cancelled')
    expect(vault.state()).toBe('absent')

    await filled()
    const opening = faultOf(() => vault.unlock(passphrase))
    vault.lock()
    expect(await opening).toBe('cancelled')
    expect(vault.state()).toBe('locked')
  })

  it('sweeps half-made ones away when it is made, and never takes them for a vault', async () => {
    mkdirSync(join(directory, 'vault.new-abc'), { recursive: true })
    writeFileSync(join(directory, 'vault.new-abc', 'key'), 'half')
    writeFileSync(join(directory, 'settings of another thing'), 'kept')
    const vault = vaultOf()
    expect(vault.state()).toBe('absent')
    await vault.create(passphrase)
    vault.lock()
    expect(everything()).toEqual(['settings of another thing', 'vault', 'vault/database', 'vault/key'])
  })
})

describe('the tables of a vault', () => {
  it('are brought up to date when it is opened', async () => {
    await filled()
    const vault = vaultOf([first, second])
    const database = await vault.unlock(passphrase)
    expect(database.all('SELECT text, read FROM notes')).toEqual([{ text: 'the heron is grey', read: 0 }])
    vault.lock()
    expect(await faultOf(() => vaultOf([first]).unlock(passphrase))).toBe('vault-newer')
    await vault.unlock(passphrase)
    vault.lock()
  })

  it('stay as they were where a migration fails', async () => {
    await filled()
    const broken = { name: 'test/3', sql: 'CREATE TABLE half (x) STRICT; nonsense' }
    const vault = vaultOf([first, second, broken])
    await expect(vault.unlock(passphrase)).rejects.toThrow(Error)
    expect(vault.state()).toBe('locked')
    const database = await vaultOf([first, second]).unlock(passphrase)
    expect(database.get('SELECT count(*) AS n FROM sqlite_schema WHERE name = ?', ['half'])).toEqual({ n: 0 })
    database.close()
  })
})

describe('a damaged vault', () => {
  beforeEach(filled)

  const damages: readonly (readonly [what: string, damage: () => void])[] = [
    ['no key file', () => rmSync(inVault('key'))],
    ['an empty key file', () => writeFileSync(inVault('key'), '')],
    ['a short key file', () => truncateSync(inVault('key'), keyFileLength - 1)],
    ['a long key file', () => writeFileSync(inVault('key'), new Uint8Array(100_000))],
    ['a directory for a key file', () => (rmSync(inVault('key')), mkdirSync(inVault('key')))],
    ['a changed salt', () => changeByte('key', 12)],
    ['a changed version', () => changeByte('key', 0)],
    ['a changed slot', () => changeByte('key', 40)],
    ['no database', () => rmSync(inVault('database'))],
    ['an empty database', () => truncateSync(inVault('database'), 0)],
    ['a database of zeros', () => writeFileSync(inVault('database'), new Uint8Array(8192))],
    ['a changed first page', () => changeByte('database', 100)],
    ['another database', () => writeFileSync(inVault('database'), utf8('SQLite format 3\0'))],
  ]

  for (const [what, damage] of damages) {
    it(`says so: ${what}`, async () => {
      damage()
      const before = everything()
      const vault = vaultOf()
      expect(vault.state()).toBe('locked')
      expect(await faultOf(() => vault.unlock(passphrase))).toBe('vault-damaged')
      expect(await faultOf(() => vault.create(passphrase))).toBe('vault-exists')
      expect(everything()).toEqual(before)
    })
  }

  it('costs no memory that a hostile key file asks for', async () => {
    const body = readFileSync(inVault('key')).subarray(0, keyFileLength - 32)
    body.writeUInt32BE(0xffff_ffff, 1)
    writeFileSync(inVault('key'), concat(body, sha256(utf8('staffetta/key-file/1'), body)))
    expect(await faultOf(() => vaultOf().unlock(passphrase))).toBe('vault-damaged')
  })

  it('is told from one of a newer version', async () => {
    const body = concat(Uint8Array.of(2), new Uint8Array(700))
    writeFileSync(inVault('key'), concat(body, sha256(utf8('staffetta/key-file/1'), body)))
    expect(await faultOf(() => vaultOf().unlock(passphrase))).toBe('vault-newer')
  })
})

function changeByte(name: string, at: number): void {
  const content = readFileSync(inVault(name))
  content[at] = (content[at] ?? 0) ^ 1
  writeFileSync(inVault(name), content)
}
