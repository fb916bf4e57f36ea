import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ProfileLock } from '../../core/vault/profile-lock.ts'
import { faultOf } from '../support/faults.ts'
import { OwnProcess } from '../support/processes.ts'
import { scratch, type Scratch } from '../support/scratch.ts'

const holder = fileURLToPath(new URL('../support/lock-holder.ts', import.meta.url))

let files: Scratch
let directory: string

beforeEach(() => {
  files = scratch()
  directory = join(files.directory, 'profile')
})
afterEach(() => files.remove())

describe('the lock of a profile', () => {
  it('is held by one in this process, again after it was let go', async () => {
    const [one, two] = [new ProfileLock(directory), new ProfileLock(directory)]
    await one.start()
    await one.start()
    expect(await faultOf(() => two.start())).toBe('profile-in-use')
    // a refused one must not loosen the lock of the other
    expect(await faultOf(() => two.start())).toBe('profile-in-use')
    await two.stop()
    await one.stop()
    await one.stop()
    await two.start()
    await two.stop()
    expect(statSync(directory).mode & 0o777).toBe(0o700)
    for (const name of readdirSync(directory)) expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600)
  })

  it('is for one profile and no other', async () => {
    const [one, two] = [new ProfileLock(directory), new ProfileLock(`${directory}-2`)]
    await one.start()
    await two.start()
    await one.stop()
    await two.stop()
  })

  it('is held against another process, until that one is killed', async () => {
    const other = new OwnProcess(holder, [directory])
    try {
      await other.line(/^held$/)
      const lock = new ProfileLock(directory)
      expect(await faultOf(() => lock.start())).toBe('profile-in-use')
      await other.stop('SIGKILL')
      await lock.start()
      const third = new OwnProcess(holder, [directory])
      await third.line(/^profile-in-use$/)
      expect(await third.end()).toBe(0)
      await lock.stop()
    } finally {
      await other.stop('SIGKILL')
    }
  })

  it('is for one of many that start at the same instant', async () => {
    const many = Array.from({ length: 3 }, () => new OwnProcess(holder, [`${directory}-many`]))
    try {
      const said = await Promise.all(many.map((process) => process.line(/^(held|profile-in-use)$/)))
      expect(said.filter(([word]) => word === 'held').length).toBeLessThanOrEqual(1)
    } finally {
      await Promise.all(many.map((process) => process.stop('SIGKILL')))
    }
  })

  it('comes back where its file was damaged', async () => {
    const lock = new ProfileLock(directory)
    await lock.start()
    await lock.stop()
    writeFileSync(join(directory, 'lock'), 'x'.repeat(5000))
    await lock.start()
    expect(await faultOf(() => new ProfileLock(directory).start())).toBe('profile-in-use')
    await lock.stop()
  })
})
