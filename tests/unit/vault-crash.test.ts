import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { costFloor } from '../../core/crypto/passphrase.ts'
import { Vault } from '../../core/vault/vault.ts'
import { OwnProcess } from '../support/processes.ts'
import { scratch, type Scratch } from '../support/scratch.ts'

const victim = fileURLToPath(new URL('../support/vault-victim.ts', import.meta.url))
const passphrase = 'three herons over the mill'
const migrations = [{ name: 'test/1', sql: 'CREATE TABLE notes (text TEXT NOT NULL) STRICT' }]
const abreast = 4

let files: Scratch

beforeEach(() => {
  files = scratch()
})
afterEach(() => files.remove())

/** Kills a process before the nth change that making a vault makes to the disk. @returns whether it lived on */
async function makeAndKill(directory: string, nth: number): Promise<boolean> {
  const process = new OwnProcess(victim, [directory, passphrase, String(nth)])
  await process.end()
  if (process.child.signalCode === 'SIGKILL') return false
  expect(process.output).toContain('survived')
  return true
}

/** What anyone must find after any crash: a whole vault, or none and nothing in the way of making one. */
async function expectVaultOrNone(directory: string): Promise<'vault' | 'none'> {
  const vault = new Vault({ directory, migrations, cost: costFloor })
  const found = vault.state()
  const database = await (found === 'absent' ? vault.create(passphrase) : vault.unlock(passphrase))
  database.run('INSERT INTO notes (text) VALUES (?)', ['lives'])
  vault.lock()
  if (found === 'absent') expect(readdirSync(directory)).toEqual(['vault'])
  expect(readdirSync(join(directory, 'vault')).toSorted()).toEqual(['database', 'key'])
  return found === 'absent' ? 'none' : 'vault'
}

describe('a process killed while it makes a vault', () => {
  it('leaves a whole one or none, before whichever change to the disk it dies', { timeout: 120_000 }, async () => {
    const left: ('vault' | 'none')[] = []
    for (let from = 0, done = false; !done; from += abreast) {
      const round = Array.from({ length: abreast }, (_, i) => from + i)
      const lived = await Promise.all(round.map((nth) => makeAndKill(join(files.directory, String(nth)), nth)))
      for (const [i, nth] of round.entries()) {
        if (lived[i] === true) done = true
        else left.push(await expectVaultOrNone(join(files.directory, String(nth))))
      }
    }
    // there is one instant at which it comes to be, and no way back
    expect(left.length).toBeGreaterThan(10)
    expect(left.lastIndexOf('none')).toBeLessThan(left.indexOf('vault'))
  })
})
