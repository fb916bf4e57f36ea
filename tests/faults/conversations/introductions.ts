import type { OfferDraft } from '../../../core/api/offers.ts'
import { nothing } from '../../harness/faults.ts'
import { eventually } from '../../support/eventually.ts'
import { words } from '../../support/member.ts'
import type { Scenario } from '../boxes/stage.ts'
import { killsOf, reap } from './reaper.ts'
import type { Resident } from './resident.ts'
import { Town } from './town.ts'

const publishMs = 120_000
const healMs = 240_000

/** What the seeker's app says once it has given up: then the person knows. */
const told: readonly string[] = ['failed', 'expired', 'cancelled']

/**
 * Somebody introduces themselves to many offers of another, while both and the
 * nodes are killed. In the end each first message has arrived, once, or its
 * sender was told that it has not; of those that were accepted there is one
 * conversation on each side, which begins with it.
 */
export const introductions: Scenario = async ({ dice, directory, size, tell }) => {
  const town = await Town.build({ directory })
  const { seeker, mentor } = town
  try {
    await town.start()
    const count = size(20, 2)
    const titles = Array.from({ length: count }, (_, nth) => `Offer ${nth}`)
    for (const title of titles) await publish(mentor, { ...words, title })
    const offers = await browse(seeker, titles)
    const reapers = reap(town.mortals, killsOf(size(100, 6)), dice.another())
    reapers.catch(() => {})
    for (const { offerId, text } of offers) await introduce(seeker, offerId, text)
    const texts = offers.map(({ text }) => text)
    // every other one is accepted while all goes on
    const accepted = texts.filter((_, nth) => nth % 2 === 0)
    const accepting = accept(mentor, accepted)
    accepting.catch(() => {})
    const struck = await reapers
    const arrived = async (): Promise<boolean> => {
      await Promise.all([seeker.check(), mentor.check()])
      const [here, there, open] = [await states(seeker), await pending(mentor), await begun(mentor)]
      return texts.every((text) => told.includes(here.get(text) ?? '') || there.includes(text) || open.includes(text))
    }
    await eventually(arrived, { timeoutMs: healMs, everyMs: 500, what: 'introductions to arrive' }).catch(() => false)
    await Promise.race([accepting, eventually(() => false, { timeoutMs: healMs }).catch(() => false)])
    const agreed = async (): Promise<boolean> => {
      await Promise.all([seeker.check(), mentor.check()])
      const [here, there] = [await begun(seeker), await begun(mentor)]
      return there.every((text) => here.includes(text))
    }
    await eventually(agreed, { timeoutMs: healMs, everyMs: 500, what: 'answers to arrive' }).catch(() => false)

    const tally = { promised: count, found: 0, lost: 0, duplicated: 0 }
    const [here, waiting, atMentor, atSeeker] = [
      await states(seeker),
      await pending(mentor),
      await begun(mentor),
      await begun(seeker),
    ]
    const broken: string[] = []
    for (const text of texts) {
      const times = [...waiting, ...atMentor].filter((each) => each === text).length
      if (times === 0 && !told.includes(here.get(text) ?? '')) tally.lost++
      else tally.found++
      if (times > 1) tally.duplicated++
      const [theirs, ours] = [atMentor, atSeeker].map((all) => all.filter((each) => each === text).length)
      if (theirs !== ours) broken.push('a conversation that one side has and the other has not')
    }
    tell(`  introductions: ${atMentor.length} of ${count} were accepted`)
    const rest = await town.judge({ instants: struck, accepted: atMentor.length, introductions: count })
    return { ...nothing, ...rest, ...tally, broken: [...broken, ...rest.broken] }
  } finally {
    await town.stop()
  }
}

async function publish({ app, communityId }: Resident, draft: OfferDraft): Promise<void> {
  await app.ask(async ({ offers, personas }) => {
    const persona = (await personas.list()).find((each) => each.communityId === communityId)
    const own = (await offers.mine()).find(({ title }) => title === draft.title)
    if (own === undefined) await offers.publish({ personaId: persona?.id ?? '', draft })
    else if (own.state === 'failed') await offers.retry({ offerId: own.id })
    if (own?.state !== 'published') throw new Error('not published yet')
  }, publishMs)
}

/** @returns what to say to the author of each */
async function browse(
  { app, communityId }: Resident,
  titles: readonly string[],
): Promise<{ readonly offerId: string; readonly text: string }[]> {
  return app.ask(async ({ offers }) => {
    const [topic = ''] = words.topics
    await offers.refresh({ communityId, topic })
    const found = await offers.browse({ communityId, topic })
    return titles.map((title) => {
      const offer = found.find((each) => each.title === title)
      if (offer === undefined) throw new Error('not found yet')
      return { offerId: offer.id, text: firstWords(title) }
    })
  }, publishMs)
}

/** Returns once the app has it: it is on its way then, or somebody is told. */
async function introduce({ app, communityId }: Resident, offerId: string, text: string): Promise<void> {
  await app.ask(async ({ introductions, personas }) => {
    if ((await introductions.sent()).some((each) => each.text === text)) return
    const persona = (await personas.list()).find((each) => each.communityId === communityId)
    await introductions.send({ personaId: persona?.id ?? '', offerId, text })
  })
}

async function accept(mentor: Resident, texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    await mentor.app.ask(async ({ introductions }) => {
      if ((await begun(mentor)).includes(text)) return
      await mentor.check()
      const introduction = (await introductions.pending()).find((each) => each.text === text)
      if (introduction === undefined) throw new Error('no introduction yet')
      await introductions.accept({ introductionId: introduction.id })
    }, healMs)
  }
}

async function states({ app }: Resident): Promise<Map<string, string>> {
  const sent = await app.ask(({ introductions }) => introductions.sent())
  return new Map(sent.map(({ text, state }) => [text, state]))
}

async function pending({ app }: Resident): Promise<string[]> {
  return (await app.ask(({ introductions }) => introductions.pending())).map(({ text }) => text)
}

/** What was said at the beginning of all conversations: each is about an offer of its own. */
async function begun({ app, conversationId }: Resident): Promise<string[]> {
  const all = await app.ask(({ conversations }) => conversations.list())
  return all.filter(({ id }) => id !== conversationId).map(({ offerTitle }) => firstWords(offerTitle))
}

function firstWords(title: string): string {
  return `I read "${title}" and would like to talk.`
}
