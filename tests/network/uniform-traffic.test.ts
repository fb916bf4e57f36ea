import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp, type App } from '../../core/app.ts'
import { encodeLink } from '../../core/community/link.ts'
import { costFloor } from '../../core/crypto/passphrase.ts'
import { Database } from '../../core/database/database.ts'
import { wantedEpochs } from '../../core/community/board-epochs.ts'
import * as journey from '../journey/journey.ts'
import { eventually } from '../support/eventually.ts'
import { Onlooker, type Seen } from '../support/onlooker.ts'
import { scratch, type Scratch } from '../support/scratch.ts'
import { startTestnet, type Testnet } from '../support/testnet.ts'

/*
 * What a community node can tell apart by size or protocol. Three members with
 * real apps, one at a time, so that all that the node sees is of one of them:
 * one who is idle, a seeker who introduces themselves, and a pair that
 * converses over the mailbox. Times and places are left out: what a node learns
 * from those is in the threat model.
 */

const passphrase = 'a lamp in the window'
const polls = 4

type Scene = ReturnType<Onlooker['take']>
/** Of somebody who passes evidence to a guardian, and of that guardian: late, so that those before have no charter. */
type Guarded = 'reporting' | 'guarding'

interface Person {
  readonly app: App
  readonly client: journey.Client
  readonly communityId: string
}

let files: Scratch
let net: Testnet
let onlooker: Onlooker
const people: Person[] = []
const scenes = {} as Record<'idle' | 'introducing' | 'answering' | 'writing' | 'reading' | 'long' | Guarded, Scene>

const storePath = (): string => join(files.directory, 'node.db')

async function person(name: string, begin: (client: journey.Client) => Promise<string>): Promise<Person> {
  const app = createApp({ directory: join(files.directory, name), tuning: { passphraseCost: costFloor } })
  await app.start()
  const client: journey.Client = createRouterClient(app.router)
  await client.vault.create({ passphrase })
  const one = { app, client, communityId: await begin(client) }
  people.push(one)
  return one
}

/** One member comes, does something, looks for mail, and goes. @returns all that the node saw of it */
async function scene({ client, communityId }: Person, act: () => Promise<unknown>): Promise<Scene> {
  onlooker.take()
  await client.vault.unlock({ passphrase })
  await journey.reached({ client }, communityId)
  await act()
  for (let i = 0; i < polls; i++) await client.communities.check({ communityId })
  await client.vault.lock()
  return onlooker.take()
}

beforeAll(async () => {
  files = scratch()
  onlooker = new Onlooker()
  net = await startTestnet({ nodes: 1, node: { storePath: storePath() } })
  const nodeLink = encodeLink({ kind: 'node', networkKey: net.networkKey, nodes: [...net.addresses] })
  let link = ''
  const mentor = await person('mentor', async (client) => {
    const communityId = await journey.createCommunity({ client, passphrase }, nodeLink)
    link = (await client.communities.invite({ communityId, days: 1 })).link
    return communityId
  })
  const seeker = await person('seeker', (client) => journey.join({ client }, link))
  const idle = await person('idle', (client) => journey.join({ client }, link))
  const persona = async ({ client, communityId }: Person, pseudonym: string): Promise<string> =>
    (await client.personas.create({ communityId, pseudonym })).id
  await journey.publishOffer({ client: mentor.client, passphrase }, await persona(mentor, 'Maple Heron'))
  // from Thursday to Sunday the next week's offer follows at once, and must not be taken for mail
  await eventually(() => onlooker.stores >= 2 * wantedEpochs(Date.now()).length, {
    what: 'the offer to be on its boards',
    timeoutMs: 60_000,
  })
  const seekerPersona = await persona(seeker, 'Quiet River')
  const offerId = await journey.findOffer({ client: seeker.client, passphrase }, seeker.communityId)
  for (const { client } of people) await client.vault.lock()

  scenes.idle = await scene(idle, async () => {})
  scenes.introducing = await scene(seeker, () =>
    journey.introduce({ client: seeker.client, passphrase }, seekerPersona, offerId),
  )
  let there = ''
  scenes.answering = await scene(mentor, async () => {
    there = await journey.acceptIntroduction({ client: mentor.client, passphrase }, mentor.communityId)
    // the acceptance and a presence
    await eventually(() => onlooker.stores >= 2, { what: 'the answer to be stored', timeoutMs: 60_000 })
  })
  let here = ''
  const say = async ({ client }: Person, conversationId: string, ...texts: string[]): Promise<void> => {
    for (const text of texts) await journey.say({ client }, conversationId, text)
    await journey.allMine({ client }, conversationId, 'stored', 'delivered')
  }
  scenes.writing = await scene(seeker, async () => {
    here = await journey.learnOfAcceptance({ client: seeker.client, passphrase }, seeker.communityId)
    await say(seeker, here, 'a', 'b'.repeat(150), 'c'.repeat(1_000))
  })
  scenes.reading = await scene(mentor, async () => {
    await journey.waitToHear({ client: mentor.client }, mentor.communityId, there, 3)
    await say(mentor, there, 'I see.')
  })
  await idle.client.vault.unlock({ passphrase })
  const { code } = await idle.client.charter.guardianCode({ communityId: idle.communityId })
  await idle.client.vault.lock()
  await scene(mentor, async () => {
    await mentor.client.charter.addGuardian({ communityId: mentor.communityId, name: 'Steady Oak', code })
    await eventually(async () => (await mentor.client.charter.view({ communityId: mentor.communityId })).out, {
      what: 'the charter to be out',
      timeoutMs: 60_000,
    })
  })
  const named = ({ client, communityId }: Person): Promise<string> =>
    eventually(
      async () => {
        await client.library.refresh({ communityId })
        return (await client.safety.guardians())[0]?.key
      },
      { what: 'the guardian', timeoutMs: 60_000 },
    )
  scenes.reporting = await scene(seeker, async () => {
    const guardian = await named(seeker)
    const [message] = await seeker.client.conversations.messages({ conversationId: here, limit: 1 })
    const wish = { conversationId: here, messageIds: [message?.id ?? ''], personaId: seekerPersona, note: '' }
    await seeker.client.safety.report({ ...wish, guardian })
    await eventually(async () => (await seeker.client.safety.sentReports())[0]?.state === 'sent', {
      what: 'the report to be stored',
      timeoutMs: 90_000,
    })
  })
  scenes.guarding = await scene(idle, async () => {
    await named(idle)
    await eventually(
      async () => {
        await idle.client.communities.check({ communityId: idle.communityId })
        return (await idle.client.safety.receivedReports()).length === 1
      },
      { what: 'the report', timeoutMs: 60_000, everyMs: 250 },
    )
  })
  // last: it stays on the node
  scenes.long = await scene(seeker, () => say(seeker, here, 'd'.repeat(3_000), 'ē'.repeat(3_000)))
})

afterAll(async () => {
  for (const { app } of people) await app.stop()
  await net?.stop()
  onlooker?.stop()
  files?.remove()
})

const mail = (seen: readonly Seen[]): Seen[] => seen.filter(({ type }) => type === 'fetch' || type === 'read')
const stores = (seen: readonly Seen[]): Seen[] => seen.filter(({ type }) => type === 'store')
/** The values that occur: a node that knows one scene learns nothing from another where they are the same. */
const kinds = (seen: readonly Seen[], of: (one: Seen) => unknown): unknown[] =>
  [...new Set(seen.map((one) => String(of(one))))].toSorted()
const quiet = ['introducing', 'answering', 'writing', 'reading'] as const

describe('what a node sees of a member', () => {
  it('who looks for mail is the same, whatever there is to find', () => {
    expect(mail(scenes.idle.seen).length).toBeGreaterThanOrEqual(polls)
    const shape = ({ type, places, bytes }: Seen): string => `${type} ${places} ${bytes}`
    expect(kinds(mail(scenes.idle.seen), shape)).toEqual(['read 16 1540'])
    for (const name of quiet) {
      const shapes = kinds(mail(scenes[name].seen), shape)
      expect(shapes, name).toContain('read 16 1540')
      // the one difference there is: what a node gave before is not asked for again, in a request of one byte less
      expect(new Set([...shapes, 'fetch 16 1539']), name).toEqual(new Set(['read 16 1540', 'fetch 16 1539']))
    }
    expect(kinds(mail(scenes.introducing.seen), shape)).toEqual(['read 16 1540'])
  })

  it('who stores an introduction, an answer, presence or a message is the same in size and life', () => {
    for (const name of quiet) expect(stores(scenes[name].seen).length, name).toBeGreaterThan(0)
    const introduction = kinds(stores(scenes.introducing.seen), ({ bytes }) => bytes)
    expect(introduction).toHaveLength(1)
    for (const name of quiet) {
      expect(
        kinds(stores(scenes[name].seen), ({ bytes }) => bytes),
        name,
      ).toEqual(introduction)
      expect(
        kinds(stores(scenes[name].seen), ({ box }) => box?.sizeClass),
        name,
      ).toEqual(['0'])
      // the hour may have turned between making and storing
      for (const { box } of stores(scenes[name].seen)) {
        expect([335, 336], name).toContain(box?.lifeHours)
      }
    }
  })

  it('who reports to a guardian, and the guardian, are like all others in what they ask and store', () => {
    const shape = ({ type, places, bytes }: Seen): string => `${type} ${places} ${bytes}`
    for (const name of ['reporting', 'guarding'] as const) {
      const shapes = kinds(mail(scenes[name].seen), shape)
      expect(shapes, name).toContain('read 16 1540')
      expect(new Set([...shapes, 'fetch 16 1539']), name).toEqual(new Set(['read 16 1540', 'fetch 16 1539']))
      const sizes = kinds(stores(scenes[name].seen), ({ box }) => box?.sizeClass)
      // copies of the charter may be among them
      expect(new Set([...sizes, '0']), name).toEqual(new Set(['0']))
    }
    // a letter, and two parts at least: the offer alone fills one
    expect(stores(scenes.reporting.seen).length).toBeGreaterThanOrEqual(3)
  })

  it('speaks the same protocols', () => {
    expect([...scenes.idle.protocols].filter((name) => name.startsWith('/staffetta/1/')).length).toBeGreaterThan(0)
    for (const name of ['introducing', 'writing', 'reading'] as const) {
      expect([...scenes[name].protocols].toSorted(), name).toEqual([...scenes.idle.protocols].toSorted())
    }
  })

  it('would be told apart, were there a difference: messages beyond a box of the small class are', () => {
    const sizes = (one: Scene): unknown[] => kinds(stores(one.seen), ({ bytes }) => bytes)
    expect(sizes(scenes.long)).not.toEqual(sizes(scenes.writing))
    expect(kinds(stores(scenes.long.seen), ({ box }) => box?.sizeClass)).toContain('1')
    // and so would a poll with one place more
    const [poll] = mail(scenes.idle.seen)
    if (poll === undefined) throw new Error('no poll')
    expect(kinds([...mail(scenes.idle.seen), { ...poll, bytes: poll.bytes + 96 }], ({ bytes }) => bytes)).not.toEqual(
      kinds(mail(scenes.idle.seen), ({ bytes }) => bytes),
    )
  })
})

describe('what lies on the disk of a node', () => {
  it('has two lengths, and the same fields in each', () => {
    const database = Database.open(storePath())
    try {
      const rows = database.all<{ length: number; tombstone: number; count: number }>(
        'SELECT length(record) AS length, tombstone, count(*) AS count FROM boxes GROUP BY 1, 2 ORDER BY 1, 2',
      )
      const boxes = rows.filter(({ tombstone }) => tombstone === 0)
      expect(boxes.map(({ length }) => length)).toEqual([4_342, 16_630])
      expect(rows.filter(({ tombstone }) => tombstone === 1).length).toBeLessThanOrEqual(1)
      const fields = database.all<{ name: string }>('SELECT name FROM pragma_table_info(?) ORDER BY cid', ['boxes'])
      // what each of them is for is not among them
      expect(fields.map(({ name }) => name)).toEqual([
        'id',
        'place',
        'author',
        'digest',
        'read_public',
        'sequence',
        'expiry_hours',
        'work',
        'tombstone',
        'record',
      ])
    } finally {
      database.close()
    }
  })
})
