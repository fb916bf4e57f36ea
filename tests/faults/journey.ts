import { unsaid } from '../../core/api/blank-offer.ts'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Dice } from '../harness/dice.ts'
import { describe, errorLine, nothing, scenarioReport, type Outcome, type ScenarioReport } from '../harness/faults.ts'
import { heard, tally, words } from '../journey/journey.ts'
import { NodeProcess } from '../support/node-process.ts'
import { MortalApp, MortalNode, type Mortal } from './mortal.ts'

const strikes = 4
/** Between two strikes, at most: long enough that every step of the journey is hit in some run. */
const longestPauseMs = 3000
const messagesEach = 6

/**
 * Walks the whole journey `runs` times, and kills -9 the node or a member at
 * random instants of it. Each step looks first what is already there, so that it
 * can be repeated by whoever was cut off.
 */
export async function journeyFaults(
  seed: number,
  runs: number,
  tell: (line: string) => void,
): Promise<ScenarioReport[]> {
  const reports: ScenarioReport[] = []
  for (let run = 0; run < runs; run++) {
    const report = await scenarioReport('journey', seed + run, () => oneRun(new Dice(seed + run)))
    tell(`run ${run + 1} of ${runs}: ${describe(report)}`)
    reports.push(report)
  }
  return reports
}

async function oneRun(dice: Dice): Promise<Outcome> {
  const directory = await mkdtemp(join(tmpdir(), 'faults-'))
  const mentor = new MortalApp(join(directory, 'mentor'), 'a lamp in the window')
  const seeker = new MortalApp(join(directory, 'seeker'), 'a boat on the water')
  const node = new MortalNode(join(directory, 'node'))
  const mortals: Mortal[] = [node, mentor, seeker]
  const crashed = (): number => mortals.reduce((total, { crashes }) => total + crashes, 0)
  const stop = new AbortController()
  try {
    await NodeProcess.init(join(directory, 'node'), ['--listen', '/ip4/127.0.0.1/tcp/0', '--work-bits', '12'])
    await node.start()
    const nodeLink = await NodeProcess.invite(join(directory, 'node'))
    await Promise.all([mentor.start(), seeker.start()])
    const reaper = reap(mortals, dice, stop.signal)
    const { sent, received } = await walk(mentor, seeker, nodeLink, reaper)
    const ours = tally(sent.mentor, received.mentor)
    const theirs = tally(sent.seeker, received.seeker)
    const promised = sent.mentor.length + sent.seeker.length
    const lost = ours.lost + theirs.lost
    return {
      ...nothing,
      promised,
      found: promised - lost,
      lost,
      duplicated: ours.duplicated + theirs.duplicated,
      reordered: ours.reordered + theirs.reordered,
      crashed: crashed(),
    }
  } catch (error) {
    // whatever the journey had not come to is lost
    return { ...nothing, lost: 1, crashed: crashed(), broken: [errorLine(error)] }
  } finally {
    stop.abort()
    for (const mortal of mortals.toReversed()) await mortal.stop().catch(() => {})
    await rm(directory, { recursive: true, force: true })
  }
}

/** Ends after so many strikes, so that the journey can heal. */
async function reap(mortals: readonly Mortal[], dice: Dice, signal: AbortSignal): Promise<void> {
  for (let strike = 0; strike < strikes; strike++) {
    try {
      await wait(dice.fraction() * longestPauseMs, undefined, { signal })
    } catch {
      return
    }
    await dice
      .pick(mortals)
      .strike()
      .catch(() => {})
  }
}

interface Talk {
  readonly mentor: string[]
  readonly seeker: string[]
}

/** @returns what each said, and what the other read of it */
async function walk(
  mentor: MortalApp,
  seeker: MortalApp,
  nodeLink: string,
  reaper: Promise<void>,
): Promise<{ sent: Talk; received: Talk }> {
  const mentorCommunity = await mentor.ask(async ({ communities }) => {
    const [community] = await communities.list()
    return (community ?? (await communities.create({ name: words.community, nodeLink }))).id
  })
  const { link } = await mentor.ask(({ communities }) => communities.invite({ communityId: mentorCommunity, days: 1 }))
  const seekerCommunity = await seeker.ask(async ({ communities }) => {
    const [community] = await communities.list()
    return (community ?? (await communities.join({ link }))).id
  })
  const persona = (app: MortalApp, communityId: string, pseudonym: string): Promise<string> =>
    app.ask(async ({ personas }) => {
      const [first] = await personas.list()
      return (first ?? (await personas.create({ communityId, pseudonym }))).id
    })
  const mentorPersona = await persona(mentor, mentorCommunity, words.mentor)
  const seekerPersona = await persona(seeker, seekerCommunity, words.seeker)

  await mentor.ask(async ({ offers }) => {
    const [offer] = await offers.mine()
    const draft = {
      kind: 'offer' as const,
      topics: [words.topic],
      title: words.title,
      text: words.text,
      languages: ['en'],
      level: 'any' as const,
      formats: ['text' as const],
      ...unsaid,
    }
    if (offer === undefined) await offers.publish({ personaId: mentorPersona, draft })
    else if (offer.state === 'failed') await offers.retry({ offerId: offer.id })
    if (offer?.state !== 'published') throw new Error('not published yet')
  })
  const offerId = await seeker.ask(async ({ offers }) => {
    await offers.refresh({ communityId: seekerCommunity, topic: words.topic })
    const [offer] = await offers.browse({ communityId: seekerCommunity, topic: words.topic })
    if (offer === undefined) throw new Error('not found yet')
    return offer.id
  })
  await seeker.ask(async ({ introductions }) => {
    const [sent] = await introductions.sent()
    if (sent === undefined) await introductions.send({ personaId: seekerPersona, offerId, text: words.introduction })
    else if (sent.state === 'failed') await introductions.retry({ introductionId: sent.id })
    if (sent?.state !== 'waiting') throw new Error('not sent yet')
  })
  const mentorConversation = await mentor.ask(async ({ communities, conversations, introductions }) => {
    const [conversation] = await conversations.list()
    if (conversation !== undefined) return conversation.id
    await communities.check({ communityId: mentorCommunity })
    const [pending] = await introductions.pending()
    if (pending === undefined) throw new Error('no introduction yet')
    return (await introductions.accept({ introductionId: pending.id })).id
  })
  const seekerConversation = await seeker.ask(async ({ communities, conversations }) => {
    await communities.check({ communityId: seekerCommunity })
    const [conversation] = await conversations.list()
    if (conversation === undefined) throw new Error('no answer yet')
    return conversation.id
  })

  const sent: Talk = { mentor: [], seeker: [] }
  const talk = async (app: MortalApp, conversationId: string, name: keyof Talk): Promise<void> => {
    for (let i = 0; i < messagesEach; i++) {
      const text = `${name} ${i}`
      // the same clientId again after a death: the page does so, and nothing may be said twice
      const clientId = randomBytes(16).toString('hex')
      sent[name].push(text)
      await app.ask(({ conversations }) => conversations.send({ conversationId, clientId, text }))
    }
  }
  await Promise.all([talk(mentor, mentorConversation, 'mentor'), talk(seeker, seekerConversation, 'seeker')])
  await reaper

  // until the other has acknowledged everything: whatever comes twice has come by then
  const listen = (app: MortalApp, communityId: string, conversationId: string): Promise<string[]> =>
    app.ask(async (client) => {
      await client.communities.check({ communityId }).catch(() => {})
      const messages = await client.conversations.messages({ conversationId, limit: 200 })
      if (messages.some(({ mine, delivery }) => mine && delivery !== 'delivered')) throw new Error('not delivered yet')
      const texts = await heard({ client }, conversationId)
      if (texts.length < messagesEach) throw new Error(`${texts.length} of ${messagesEach} arrived`)
      return texts
    })
  await Promise.all([
    listen(seeker, seekerCommunity, seekerConversation),
    listen(mentor, mentorCommunity, mentorConversation),
  ])
  const received = {
    mentor: await listen(seeker, seekerCommunity, seekerConversation),
    seeker: await listen(mentor, mentorCommunity, mentorConversation),
  }
  return { sent, received }
}
