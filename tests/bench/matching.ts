import { silentLog } from '../../core/base/log.ts'
import { createRouter } from '../../core/router/router.ts'
import type { Session } from '../../core/session/session.ts'
import { createServe } from '../../main/door/serve.ts'
import type { Client } from '../journey/journey.ts'
import type { CommunityId } from '../../core/base/ids.ts'
import type { Database } from '../../core/database/database.ts'
import { DoorClient } from '../support/door-client.ts'
import { LocalPage } from '../support/local-page.ts'
import { scratch } from '../support/scratch.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { Member, words } from '../support/member.ts'
import { fillBoard } from '../support/filled-board.ts'
import { Dice } from '../harness/dice.ts'
import { figure, median, medianTime, percentile, type Figure } from '../harness/figures.ts'

/** What a person types, letter by letter: short words, words of topics in other languages, rare and frequent ones. */
const typed = [
  'music',
  'cura di sé',
  'teaching',
  'shirts and lamps',
  'セルフケア',
  'забота',
  'i have done this',
  'zebra',
]

/**
 * Ranking and rings beside the reading of the same offers from the database, and
 * each keystroke of a search. Without a network: matching has none.
 */
export async function matchingBench(seed: number): Promise<Figure[]> {
  return [
    ...(await ranking(seed, 5_000)),
    ...(await searching(seed, 5_000, 16)),
    ...(await searching(seed, 50_000, 50)),
  ]
}

async function withBoard<Result>(
  seed: number,
  count: number,
  body: (member: Member, communityId: CommunityId, filling: number) => Promise<Result>,
): Promise<Result> {
  const files = scratch()
  try {
    const dice = new Dice(seed)
    const clock = new ManualClock()
    const member = new Member({ files, name: 'member', clock })
    const { communityId, personaId } = member.found('Maple Heron')
    for (const draft of [
      { ...words, kind: 'request' as const, topics: ['music', 'writing'] },
      { ...words, kind: 'offer' as const, topics: ['sewing', 'cooking', 'taxes'], languages: ['en', 'it'] },
    ])
      member.offers.publish({ personaId, draft })
    const from = performance.now()
    fillBoard(member.database, { communityId, count, now: clock.now(), dice })
    return await body(member, communityId, performance.now() - from)
  } finally {
    files.remove()
  }
}

/** What somebody who reads the table would read: no more than is shown of an offer, as rows. */
function readAll(database: Database, communityId: CommunityId): number {
  return database.all(
    `SELECT id, persona_key, pseudonym, kind, draft, first_seen_at, expires_at, introduced
     FROM seen_offers WHERE community_id = ?`,
    [communityId],
  ).length
}

async function ranking(seed: number, count: number): Promise<Figure[]> {
  return await withBoard(seed, count, async ({ matching, database }, communityId) => {
    const reading = async (): Promise<void> => {
      if (readAll(database, communityId) !== count) throw new Error('Offers are missing')
    }
    const suggest = async (): Promise<void> => {
      if (matching.suggest({ communityId, limit: 50 }).length < 50) throw new Error('Too few suggestions')
    }
    const rings = async (): Promise<void> => {
      if (matching.rings({ communityId, limit: 20 }).length < 20) throw new Error('Too few rings')
    }
    const baseline = async (): Promise<{ name: string; value: number; target: number }> => ({
      name: `SELECT of ${count} offers, rows only`,
      value: await medianTime(15, reading),
      target: 3,
    })
    return [
      figure(`rank ${count} offers, 50 suggestions with reasons`, await medianTime(15, suggest), await baseline()),
      figure(`find 20 pairs and rings of three among ${count} offers`, await medianTime(15, rings), await baseline()),
    ]
  })
}

async function searching(seed: number, count: number, budget: number): Promise<Figure[]> {
  return await withBoard(seed, count, async (member, communityId, filling) => {
    const rounds = 7
    const core = await keystrokes(rounds, (text) => member.matching.search({ communityId, text, limit: 50 }))
    const door = await throughDoor(member, (client) =>
      keystrokes(rounds, (text) => client.matching.search({ communityId, text, limit: askedByPage })),
    )
    const against = { name: 'budget', value: budget, target: 1 }
    const reported = { name: 'budget', value: budget }
    const many = `${core.medians.length * rounds} keystrokes`
    const slowest = `the slowest keystroke among ${count} offers, median of its ${rounds} rounds`
    return [
      figure(`a keystroke among ${count} offers, median of ${core.medians.length}`, median(core.medians), against),
      figure(slowest, Math.max(...core.medians), against),
      figure(`of all ${many}, 99th percentile`, percentile(core.all, 99)),
      figure(`through the local door, ${askedByPage} results: a keystroke, median`, median(door.medians), reported),
      figure(`through the local door: ${slowest}`, Math.max(...door.medians), reported),
      figure(`through the local door: of all ${many}, 99th percentile`, percentile(door.all, 99)),
      figure(`saving ${count} offers with their index, for each`, filling / count),
    ]
  })
}

/** So many results the page asks for at a keystroke: `useFound`. */
const askedByPage = 50

/** Types everything letter by letter. @returns of each keystroke the median of its rounds, and all of them, ms */
async function keystrokes(
  rounds: number,
  search: (text: string) => unknown,
): Promise<{ readonly medians: readonly number[]; readonly all: readonly number[] }> {
  const texts = typed.flatMap((text) => Array.from(text, (_, index) => text.slice(0, index + 1)))
  const taken = texts.map((): number[] => [])
  for (let round = -1; round < rounds; round++) {
    for (const [index, text] of texts.entries()) {
      const from = performance.now()
      await search(text)
      // what is read for the first time comes from the disk, and words are made ready once
      if (round >= 0) taken[index]?.push(performance.now() - from)
    }
  }
  return { medians: taken.map(median), all: taken.flat() }
}

/** As the page asks: the real server, contract and router, over a socket; both ends are in this process. */
async function throughDoor<Result>(member: Member, body: (client: Client) => Promise<Result>): Promise<Result> {
  const app = { session: () => member as unknown as Session } as Parameters<typeof createRouter>[0]
  const page = await LocalPage.start({ serve: createServe({ router: createRouter(app) }, silentLog) })
  const door = await DoorClient.open(page.origin, await page.enter())
  try {
    return await body(door.client)
  } finally {
    door.close()
    await page.stop()
  }
}
