import { randomBytes } from 'node:crypto'
import type { MessageView } from '../../../core/api/views.ts'
import type { CommunityId, ConversationId } from '../../../core/base/ids.ts'
import type { Database } from '../../../core/database/database.ts'
import { migrations } from '../../../core/session/session.ts'
import { Vault } from '../../../core/vault/vault.ts'
import { eventually } from '../../support/eventually.ts'
import { MortalApp } from '../mortal.ts'

/** One of the pair: their app, and what they said. */
export class Resident {
  readonly app: MortalApp
  readonly directory: string
  readonly communityId: CommunityId
  readonly conversationId: ConversationId
  /** In order, as the app has confirmed it, or is about to. */
  readonly said: string[] = []
  readonly #passphrase: string

  constructor(options: {
    readonly directory: string
    readonly passphrase: string
    readonly env: NodeJS.ProcessEnv
    readonly communityId: CommunityId
    readonly conversationId: ConversationId
  }) {
    const { directory, passphrase, env, communityId, conversationId } = options
    this.app = new MortalApp(directory, passphrase, env)
    this.directory = directory
    this.#passphrase = passphrase
    this.communityId = communityId
    this.conversationId = conversationId
  }

  /** Returns once it is on disk, over however many deaths. The same `clientId` each time, as the page does. */
  async say(text: string, times = 1): Promise<void> {
    const { conversationId } = this
    const clientId = randomBytes(16).toString('hex')
    this.said.push(text)
    await this.app.ask(({ conversations }) =>
      Promise.all(Array.from({ length: times }, () => conversations.send({ conversationId, clientId, text }))),
    )
  }

  /** Looks at the nodes now; that they cannot be reached is no reason to ask again. */
  async check(): Promise<void> {
    const { communityId } = this
    await this.app.ask(({ communities }) => communities.check({ communityId }).catch(() => {}))
  }

  /** All that the screen shows, if one scrolls up to the beginning. */
  async screen(): Promise<MessageView[]> {
    const { conversationId } = this
    const all: MessageView[] = []
    for (;;) {
      const before = all[0]?.position
      const page = await this.app.ask(({ conversations }) =>
        conversations.messages({ conversationId, limit: 200, ...(before === undefined ? {} : { before }) }),
      )
      all.unshift(...page)
      if (page.length < 200) return all
    }
  }

  /** How many messages of the other are here. */
  async heard(): Promise<number> {
    return (await this.screen()).filter(({ mine }) => !mine).length
  }

  /** Until the nodes have all that was said. @throws Error after a while */
  async stored(): Promise<void> {
    const all = async (): Promise<boolean> => (await this.screen()).every(({ delivery }) => delivery !== 'queued')
    await eventually(all, { timeoutMs: 8_000, everyMs: 200 })
  }

  /** Whether everything is delivered, and all that the other said has come. */
  async settled(other: Resident): Promise<boolean> {
    const { conversationId } = this
    const [last] = await this.app.ask(({ conversations }) => conversations.messages({ conversationId, limit: 1 }))
    if (last !== undefined && last.position + 1 < this.said.length + other.said.length) return false
    const all = await this.screen()
    return (
      all.every(({ mine, delivery }) => !mine || delivery === 'delivered') &&
      all.length >= this.said.length + other.said.length
    )
  }

  /** Once the app has stopped. @returns what `body` makes of the vault's database */
  async withVault<Result>(body: (database: Database) => Result): Promise<Result> {
    const vault = new Vault({ directory: this.directory, migrations })
    try {
      return body(await vault.unlock(this.#passphrase))
    } finally {
      vault.lock()
    }
  }
}
