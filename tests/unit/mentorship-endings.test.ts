import { describe, expect, it, vi } from 'vitest'
import { Fault } from '../../core/base/fault.ts'
import { fromHex } from '../../core/base/bytes.ts'
import { eventually } from '../support/eventually.ts'
import { begun, eachWithMentors, type FreshMentors, type Mentor } from '../support/mentors.ts'
import vectors from '../vectors/file.json' with { type: 'json' }

let ada: Mentor
let bo: Mentor
let exchange: FreshMentors['exchange']
let clock: FreshMentors['clock']

eachWithMentors((fresh) => ({ ada, bo, exchange, clock } = fresh))

const begin = (): Promise<string> => begun({ ada, bo, exchange })

describe('a good ending', () => {
  const finish = async (): Promise<string> => {
    const id = await begin()
    await ada.say('finish')
    await exchange()
    await bo.say('finish')
    await exchange()
    return id
  }

  it('has thanks, and a debrief that is private unless it is shared', async () => {
    const id = await finish()
    await ada.saying.thank(id, 'Thank you for the needle.')
    await ada.app.debrief(id, { learned: 'patience' }, false)
    await exchange()
    expect(bo.view()).toMatchObject({ thanks: { mine: null, theirs: 'Thank you for the needle.' } })
    expect(bo.view().debrief).toEqual({ answers: {}, shared: false, theirs: null })
    await ada.app.debrief(id, { learned: 'patience', next: 'a box' }, true)
    await exchange()
    expect(bo.view().debrief.theirs).toEqual({ learned: 'patience', next: 'a box' })
    expect(ada.view()).toMatchObject({ debrief: { shared: true }, waits: [] })
  })

  it('deletes the workspace on both sides where either wishes, and both know that it is done', async () => {
    const id = await finish()
    ada.app.setOwn(id, { notes: 'mine alone' })
    await ada.saying.thank(id, 'Thank you')
    await exchange()
    await bo.app.erase(id, { workspace: true, files: false })
    expect(bo.view()).toMatchObject({ agreement: { what: '' }, erasure: { workspace: 'asked', files: 'kept' } })
    await eventually(async () => {
      await exchange()
      return bo.view().erasure.workspace === 'done'
    })
    for (const side of [ada, bo]) {
      const view = side.view()
      expect(view).toMatchObject({ state: 'finished', thanks: { mine: null, theirs: null }, goals: [] })
      expect(view).toMatchObject({ agreement: { what: '' }, erasure: { workspace: 'done', files: 'kept' } })
    }
    expect(ada.view().own.notes).toBe('mine alone')
    expect(ada.lines().at(-1)).toBe('workspace-erased')
  })

  it('can be forgotten here alone: its hours stay as a sum', async () => {
    const id = await begin()
    const session = await bo.plan(clock.now())
    await exchange()
    await ada.saying.take(id, session, ada.view().sessions[0]?.plan ?? 0)
    await ada.saying.held(id, session, 50)
    await expect(async () => ada.app.forget(id)).rejects.toMatchObject({ code: 'wrong-state' })
    await ada.app.end(id, { erase: 'nothing', block: false })
    await exchange()
    ada.app.forget(id)
    expect(ada.app.list()).toEqual([])
    expect(ada.app.hours()).toEqual({ given: 0, received: 50, mentorships: [] })
    // what the other says of it changes nothing here, and shows nothing
    const lines = ada.lines().length
    await bo.app.erase(id, { workspace: true, files: false })
    await exchange()
    expect(ada.app.list()).toEqual([])
    expect(ada.lines()).toHaveLength(lines)
    await ada.propose()
    await exchange()
    expect(bo.app.list().map(({ state }) => state)).toEqual(['proposed', 'ended-early'])
  })

  it('deletes the files of the conversation on both sides where either wishes, and nothing else', async () => {
    const id = await finish()
    const offer = vectors.offers[0]?.encoded ?? ''
    await bo.friend.forge({ kind: 'file', offer: fromHex(offer) })
    await bo.friend.write('beside it')
    await exchange()
    const files = () => ada.friend.database.all('SELECT id FROM files').length
    expect(files()).toBe(1)
    await ada.app.erase(id, { workspace: false, files: true })
    expect(files()).toBe(0)
    expect(ada.friend.shown().map(({ kind }) => kind)).toContain('deleted')
    expect(ada.friend.shown().map(({ text }) => text)).toContain('beside it')
    expect(ada.view()).toMatchObject({ agreement: { what: 'Bind a book' }, erasure: { files: 'asked' } })
    await eventually(async () => {
      await exchange()
      return ada.view().erasure.files === 'done'
    })
    expect(bo.view()).toMatchObject({ erasure: { workspace: 'kept', files: 'done' } })
    expect(bo.lines().at(-1)).toBe('files-erased')
  })

  it('leaves the sum of its hours, and nothing else, when its conversation is forgotten', async () => {
    const id = await begin()
    const session = await bo.plan(clock.now())
    await exchange()
    await ada.take(session)
    await ada.saying.held(id, session, 25)
    await ada.friend.app.forget(ada.friend.id)
    expect(ada.app.hours()).toEqual({ given: 0, received: 25, mentorships: [] })
    const tables = ['mentorships', 'mentorship_statements', 'mentorship_hours', 'mentorship_reminders']
    for (const table of tables) expect(ada.friend.database.all(`SELECT * FROM ${table}`), table).toEqual([])
  })

  it('leaves nothing in the log of the database where the other deletes it, as where oneself does', async () => {
    const id = await finish()
    const cut = vi.spyOn(ada.friend.database, 'scrub')
    await bo.app.erase(id, { workspace: true, files: true })
    await exchange()
    expect(ada.view()).toMatchObject({ agreement: { what: '' } })
    expect(cut).toHaveBeenCalledTimes(1)
    await exchange()
    expect(cut).toHaveBeenCalledTimes(1)
  })

  it('is told, and the contact blocked, also where the disk is too full to cut the log', async () => {
    const id = await begin()
    vi.spyOn(ada.friend.database, 'scrub').mockImplementation(() => {
      throw new Fault('disk-full', 'No room')
    })
    await ada.app.end(id, { erase: 'workspace', block: true })
    expect(ada.friend.app.view(ada.friend.id).blocked).toBe(true)
    await exchange()
    expect(bo.view()).toMatchObject({ state: 'ended-early', agreement: { what: '' } })
  })

  it('goes with its conversation', async () => {
    const id = await begin()
    await ada.app.end(id, { erase: 'conversation', block: false })
    expect(ada.app.list()).toEqual([])
    await exchange()
    expect(bo.app.list()).toEqual([])
    expect(bo.friend.app.view(bo.friend.id).ending).toBe('by-contact')
  })

  it('is there at once for whoever needs it, also where the other cannot be told yet', async () => {
    const id = await begin()
    await exchange()
    ada.friend.app.setBlocked(ada.friend.id, true)
    await ada.app.end(id, { erase: 'workspace', block: true })
    expect(ada.view()).toMatchObject({ state: 'ended-early', endedByMe: true, agreement: { what: '' }, waits: [] })
    await expect(ada.say('pause')).rejects.toMatchObject({ code: 'wrong-state' })
    expect(bo.view().state).toBe('active')
    ada.friend.app.setBlocked(ada.friend.id, false)
    await eventually(async () => {
      await exchange()
      return ada.view().erasure.workspace === 'done'
    })
    expect(bo.view()).toMatchObject({ state: 'ended-early', endedByMe: false, agreement: { what: '' } })
  })
})
