import {
  copyFileSync,
  existsSync,
  openSync,
  readFileSync,
  readdirSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { copyStore, damagedSuffix, openStore } from '../../core/boxes/store-file.ts'
import { BoxStore } from '../../core/boxes/store.ts'
import { Database } from '../../core/database/database.ts'
import { random } from '../../core/crypto/random.ts'
import { draftFor, judge, makeBox } from '../support/boxes.ts'
import { faultOf } from '../support/faults.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { scratch, type Scratch } from '../support/scratch.ts'

const quota = 1e9
const clock = new ManualClock()
let files: Scratch
let path: string

beforeEach(() => {
  files = scratch()
  path = join(files.directory, 'boxes.db')
})
afterEach(() => files.remove())

function fill(store: BoxStore, count: number): void {
  for (let i = 0; i < count; i++) expect(judge(makeBox(draftFor(clock)), { store, clock })).toBe('done')
}

/** A store with boxes, closed. */
function filled(count: number): void {
  const store = BoxStore.open(path, quota)
  fill(store, count)
  store.close()
}

describe('a store that cannot be read', () => {
  it.each([
    ['overwritten at its beginning', () => writeFileSync(path, random(100), { flag: 'r+' })],
    ['of other bytes', () => writeFileSync(path, random(10_000))],
    ['cut off in the middle', () => truncateSync(path, 20_000)],
  ])('%s, is kept beside an empty one', (_, damage) => {
    filled(12)
    damage()
    const bytes = readFileSync(path)
    const { store, setAside } = openStore(path, quota)
    expect(setAside).toBe(true)
    expect(store.count).toBe(0)
    fill(store, 1)
    store.close()
    expect(readFileSync(path + damagedSuffix)).toEqual(bytes)
    const again = openStore(path, quota)
    expect(again.setAside).toBe(false)
    expect(again.store.count).toBe(1)
    again.store.close()
  })

  it('is found after a kill, also where it could be opened', () => {
    const store = BoxStore.open(path, quota)
    fill(store, 30)
    // what a kill leaves, and a page of an index that a disk lost
    for (const end of ['', '-wal', '-shm']) copyFileSync(path + end, `${path}.killed${end}`)
    store.close()
    const killed = `${path}.killed`
    const database = Database.open(killed)
    const page = database.get<{ rootpage: number }>("SELECT rootpage FROM sqlite_schema WHERE name = 'boxes_by_digest'")
    database.run('PRAGMA wal_checkpoint(TRUNCATE)')
    const wal = readFileSync(`${killed}-wal`)
    database.close()
    writeSync(openSync(killed, 'r+'), random(4096), 0, 4096, 4096 * ((page?.rootpage ?? 0) - 1))
    BoxStore.open(killed, quota).close()
    writeFileSync(`${killed}-wal`, wal)
    const opened = openStore(killed, quota)
    expect(opened.setAside).toBe(true)
    expect(opened.store.count).toBe(0)
    opened.store.close()
  })

  it('is whole after a kill, and nothing is put aside', () => {
    const store = BoxStore.open(path, quota)
    fill(store, 30)
    for (const end of ['', '-wal', '-shm']) copyFileSync(path + end, `${path}.killed${end}`)
    store.close()
    const opened = openStore(`${path}.killed`, quota)
    expect(opened.setAside).toBe(false)
    expect(opened.store.count).toBe(30)
    opened.store.close()
  })

  it('is kept once, so that a failing disk does not fill up', () => {
    for (let i = 0; i < 3; i++) {
      writeFileSync(path, random(5_000))
      openStore(path, quota).store.close()
    }
    expect(readdirSync(files.directory).filter((name) => name.includes(damagedSuffix))).toEqual([
      `boxes.db${damagedSuffix}`,
    ])
  })

  it('is not put aside where it was written by a newer version', async () => {
    filled(1)
    const database = Database.open(path)
    database.run("INSERT INTO migrations (name) VALUES ('node-boxes/99')")
    database.close()
    expect(await faultOf(() => openStore(path, quota))).toBe('vault-newer')
    expect(existsSync(path + damagedSuffix)).toBe(false)
  })
})

describe('a copy of a store', () => {
  it('is whole as of one moment while the node goes on writing, and for its owner alone', () => {
    const store = BoxStore.open(path, quota)
    fill(store, 20)
    const to = join(files.directory, 'copy.db')
    copyStore(path, to)
    fill(store, 5)
    store.close()
    expect(statSync(to).mode & 0o077).toBe(0)
    expect(existsSync(`${to}-wal`)).toBe(false)
    const copied = BoxStore.open(to, quota)
    expect(copied.count).toBe(20)
    copied.close()
  })

  it('overwrites nothing', () => {
    filled(1)
    const to = join(files.directory, 'copy.db')
    writeFileSync(to, 'mine')
    expect(() => copyStore(path, to)).toThrow('EEXIST')
    expect(readFileSync(to, 'utf8')).toBe('mine')
  })
})
