import { randomBytes } from 'node:crypto'
import type { CircleMessageView, CircleView } from '../../../core/api/circles.ts'
import type { Client } from '../../journey/journey.ts'
import { Resident } from '../conversations/resident.ts'

/** What somebody's app confirmed that it was saved. */
export interface Uttered {
  readonly id: string
  readonly kind: 'text' | 'resource'
  readonly words: string
  withdrawn: boolean
  /** Names of those who were in the circle as its author's app knew it just before. */
  readonly heardBy: ReadonlySet<string>
}

/** A message as readers tell it apart: who said it, and its time, which is another for each of an author's. */
export const markOf = ({ author, sentAt }: CircleMessageView): string => `${author.name} ${sentAt}`

/** Somebody in a circle: their app, and what they said there. */
export class Guest extends Resident {
  readonly name: string
  /** In order. */
  readonly uttered: Uttered[] = []

  constructor(name: string, options: ConstructorParameters<typeof Resident>[0]) {
    super(options)
    this.name = name
  }

  /** The one that there is, if there is. */
  async circle(): Promise<CircleView | undefined> {
    return (await this.app.ask(({ circles }) => circles.list()))[0]
  }

  /** Names of those who are in it, as far as this one's app knows. */
  async present(): Promise<string[]> {
    const circle = await this.circle()
    if (circle?.state !== 'active') return []
    return circle.members.flatMap(({ present, name }) => (present ? [name] : []))
  }

  /** Returns once it is on disk, over however many deaths. */
  async utter(words: string, kind: Uttered['kind'] = 'text', times = 1): Promise<void> {
    const heardBy = new Set(await this.present())
    const clientId = randomBytes(16).toString('hex')
    const saved = await this.#unlessOver(({ circles }, circleId) => {
      const say = (): Promise<unknown> =>
        kind === 'text'
          ? circles.send({ circleId, clientId, text: words })
          : circles.addResource({ circleId, clientId, title: words, text: 'https://example.org/archive' })
      return Promise.all(Array.from({ length: times }, say))
    })
    if (saved) this.uttered.push({ id: clientId, kind, words, withdrawn: false, heardBy })
  }

  /** From all lists. */
  async withdraw(said: Uttered): Promise<void> {
    const done = await this.#unlessOver(async ({ circles }, circleId) => {
      const there = (await circles.resources({ circleId })).some(({ id }) => id === said.id)
      if (there) await circles.withdrawResource({ messageId: said.id })
    })
    if (done) said.withdrawn = true
  }

  async read(): Promise<void> {
    await this.#unlessOver(({ circles }, circleId) => circles.read({ circleId }))
  }

  /** All that the circle's page shows, oldest first. */
  async shown(): Promise<CircleMessageView[]> {
    const circleId = (await this.circle())?.id
    const all: CircleMessageView[] = []
    for (;;) {
      if (circleId === undefined) return all
      const before = all[0]?.id
      const page = await this.app.ask(({ circles }) =>
        circles.messages({ circleId, limit: 200, ...(before === undefined ? {} : { before }) }),
      )
      all.unshift(...page)
      if (page.length < 200) return all
    }
  }

  /** Whether it was done; a circle that is over takes nothing. */
  async #unlessOver(body: (client: Client, circleId: string) => Promise<unknown>): Promise<boolean> {
    return this.app.ask(async (client) => {
      const [circle] = await client.circles.list()
      if (circle?.state !== 'active') return false
      try {
        await body(client, circle.id)
        return true
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'wrong-state') return false
        throw error
      }
    })
  }
}
