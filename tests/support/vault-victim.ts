import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { costFloor } from '../../core/crypto/passphrase.ts'
import { Vault } from '../../core/vault/vault.ts'

/*
 * A process that makes a vault and is killed by the system (SIGKILL, by its own
 * hand, so nothing of it runs afterwards) before the nth call that changes the
 * disk, counted from 0:
 *
 *   vault-victim.ts DIRECTORY PASSPHRASE N
 *
 * It prints `survived` where there were fewer calls than that.
 */
const [directory = '', passphrase = '', nth = '0'] = process.argv.slice(2)
let calls = 0

function mortal<Call extends (...args: never[]) => unknown>(call: Call): Call {
  const dying = (...args: Parameters<Call>): unknown => {
    if (calls++ === Number(nth)) process.kill(process.pid, 'SIGKILL')
    return call(...args)
  }
  return dying as Call
}

fs.mkdirSync = mortal(fs.mkdirSync)
fs.chmodSync = mortal(fs.chmodSync)
fs.mkdtempSync = mortal(fs.mkdtempSync)
fs.openSync = mortal(fs.openSync)
fs.writeSync = mortal(fs.writeSync)
fs.fsyncSync = mortal(fs.fsyncSync)
fs.renameSync = mortal(fs.renameSync)
fs.rmSync = mortal(fs.rmSync)
syncBuiltinESMExports()

const migrations = [{ name: 'test/1', sql: 'CREATE TABLE notes (text TEXT NOT NULL) STRICT' }]
await new Vault({ directory, migrations, cost: costFloor }).create(passphrase)
console.log('survived')
