import { setTimeout as wait } from 'node:timers/promises'
import type { Dice } from '../../harness/dice.ts'
import type { Client } from '../../journey/journey.ts'
import type { Resident } from '../conversations/resident.ts'
import type { Parishioner } from './parish.ts'

const language = 'en'
const longestPauseMs = 800
const mostArticles = 12
const mostNotices = 8

/** What the editor was told is published: the newest text of each title; of those taken off, undefined. */
export type Articles = Map<string, string | undefined>

/** Publishes articles, later editions of them, and takes some off. */
export async function edit({ app, communityId }: Parishioner, dice: Dice, until: AbortSignal): Promise<Articles> {
  const articles: Articles = new Map()
  for (let nth = 0; nth < 2 || !until.aborted; nth++) {
    const living = [...articles].flatMap(([title, text]) => (text === undefined ? [] : [title]))
    const isNew = living.length < 2 || (articles.size < mostArticles && dice.fraction() < 0.4)
    const title = isNew ? `Article ${articles.size}` : dice.pick(living)
    const takeOff = !isNew && dice.fraction() < 0.15
    const length = dice.below(dice.fraction() < 0.5 ? 40 : 2_000)
    const text = `Edition ${nth}. ${'It was said long ago. '.repeat(length)}`.trimEnd()
    await app.ask(async ({ library }) => {
      const shown = (await library.list({ communityId })).articles.find((each) => each.title === title)
      if (takeOff) {
        if (shown !== undefined) await library.withdraw({ communityId, articleId: shown.articleId, language })
        return
      }
      const articleId = shown?.articleId
      if (articleId !== undefined && (await library.read({ communityId, articleId, language })).text === text) return
      await library.publish({ communityId, articleId, language, title, topics: [], text })
    })
    articles.set(title, takeOff ? undefined : text)
    await wait(dice.fraction() * longestPauseMs)
  }
  return articles
}

/** Warns everybody, and takes some of it back. @returns the words that hold */
export async function warn(guardian: Parishioner, dice: Dice, until: AbortSignal): Promise<Set<string>> {
  const { app, communityId } = guardian
  const warnings = new Set<string>()
  for (let nth = 0; nth < 2 || !until.aborted; nth++) {
    const takeBack = warnings.size >= mostNotices || (warnings.size > 1 && dice.fraction() < 0.3)
    const words = takeBack ? dice.pick([...warnings]) : `Warning ${nth}`
    await app.ask(async (client) => {
      const { safety } = client
      await guardianKey(client, communityId)
      const said = (await safety.notices({ communityId })).find((each) => each.words === words)
      if (takeBack && said !== undefined) await safety.withdrawNotice({ communityId, noticeId: said.id })
      if (!takeBack && said === undefined) {
        await safety.publishNotice({ communityId, language, words, days: 30, blocked: [] })
      }
    })
    if (takeBack) warnings.delete(words)
    else warnings.add(words)
    await wait(dice.fraction() * longestPauseMs)
  }
  return warnings
}

/** What was passed to the guardian: the texts that were chosen, by the note that goes with them. */
export type Sent = Map<string, readonly string[]>

/** Passes so many reports on, about what was said. */
export async function report(reporter: Resident, dice: Dice, count: number): Promise<Sent> {
  const { app, communityId, conversationId } = reporter
  const sent: Sent = new Map()
  for (let nth = 0; nth < count; nth++) {
    const note = `Report ${nth}`
    const texts = Array.from({ length: 1 + dice.below(3) }, (_, line) => {
      return `${nth}.${line} ${'again and again '.repeat(dice.below(600))}`.trimEnd()
    })
    for (const text of texts) await reporter.say(text)
    const messageIds = reporter.said.slice(-texts.length).map(({ id }) => id)
    await app.ask(async (client) => {
      const { safety, personas } = client
      if ((await safety.sentReports()).length > nth) return
      const guardian = await guardianKey(client, communityId)
      const persona = (await personas.list()).find((each) => each.communityId === communityId)
      await safety.report({ conversationId, messageIds, personaId: persona?.id ?? null, note, guardian })
    })
    sent.set(note, texts)
    await wait(dice.fraction() * longestPauseMs)
  }
  return sent
}

/** What the charter says, which may have to be read first. @throws Error where it is not there yet */
async function guardianKey({ safety, library }: Client, communityId: string): Promise<string> {
  const guardian = (await safety.guardians()).find((each) => each.communityId === communityId)
  if (guardian !== undefined) return guardian.key
  await library.refresh({ communityId })
  throw new Error('no guardian yet')
}
