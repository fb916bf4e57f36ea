import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock, type Clock } from '../../core/base/clock.ts'
import type { CommunityId } from '../../core/base/ids.ts'
import { silentLog as log } from '../../core/base/log.ts'
import { Communities } from '../../core/community/communities.ts'
import type { Database } from '../../core/database/database.ts'
import { migrations } from '../../core/session/migrations.ts'
import { enterAgain, Session } from '../../core/session/session.ts'
import { eventually } from '../support/eventually.ts'
import { scratch, type Scratch } from '../support/scratch.ts'

/** Who waits to enter a community again waits no longer than a moment. */
const clock: Clock = {
  now: () => systemClock.now(),
  wait: (ms, signal) => systemClock.wait(ms === enterAgain ? 50 : ms, signal),
}

let files: Scratch
let database: Database
let session: Session
let sick: CommunityId
let sound: CommunityId

/** Two communities, both hosted here; where the first one's node wants its store there is a folder. */
beforeEach(() => {
  files = scratch()
  database = files.database('vault', migrations)
  const communities = new Communities(database, clock)
  sick = communities.create({ name: 'Weavers' }).id
  sound = communities.create({ name: 'Spinners' }).id
  mkdirSync(join(files.directory, `boxes-${sick}.db`))
  session = open()
})
afterEach(async () => {
  await session.stop()
  files.remove()
})

function open(): Session {
  const tuning = { host: '127.0.0.1', workBits: 4 }
  return new Session({ database, directory: files.directory, clock, log, emit: () => {}, tuning })
}

const stateOf = (id: CommunityId) => session.communityView(id).network.state

describe('a community whose own node cannot start', () => {
  it('takes no other community with it, not even when the privacy mode changes', async () => {
    await session.start()
    await eventually(() => stateOf(sound) === 'reached')
    await session.changeSettings({ privacyMode: 'direct' }).catch(() => {})
    await eventually(() => stateOf(sound) === 'reached')
    expect(session.communityView(sound).network.privacyMode).toBe('direct')
  })
  it('is entered as soon as it can be, and left at the end', async () => {
    await session.start()
    await eventually(() => stateOf(sound) === 'reached')
    expect(stateOf(sick)).toBe('offline')
    rmSync(join(files.directory, `boxes-${sick}.db`), { recursive: true })
    await eventually(() => stateOf(sick) === 'reached')
    await session.stop()
    expect([sick, sound].map(stateOf)).toEqual(['offline', 'offline'])
    session = open()
    await session.start()
    await eventually(() => stateOf(sick) === 'reached')
  })
})
