import { randomBytes } from 'node:crypto'
import type { MessageView } from '../../../core/api/views.ts'
import type { CommunityId, ConversationId } from '../../../core/base/ids.ts'
import type { Database } from '../../../core/database/database.ts'
import { migrations } from '../../../core/session/migrations.ts'
import { Vault } from '../../../core/vault/vault.ts'
import { eventually } from '../../support/eventually.ts'
import { MortalApp } from '../mortal.ts'
import { digest, enclose } from './enclosures.ts'
import { fileText, textOf } from './mirror.ts'

/** A message as its writer left it; undefined where they deleted it for both. */
interface Said {
  readonly id: string
  text: string | undefined
}

/** What changes an own message, or a reaction, is harmless to repeat: the last one counts. */
type Change = (client: Parameters<Parameters<MortalApp['ask']>[0]>[0]) => Promise<unknown>

/** One of the pair: their app, and what they said. */
export class Resident {
  readonly app: MortalApp
  readonly directory: string
  readonly communityId: CommunityId
  readonly conversationId: ConversationId
  /** In order. */
  readonly said: Said[] = []
  /** Digests of files, by their names. */
  readonly enclosed = new Map<string, string>()
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
  async say(text: string, { times = 1, replyTo }: { times?: number; replyTo?: string } = {}): Promise<void> {
    const { conversationId } = this
    const clientId = randomBytes(16).toString('hex')
    this.said.push({ id: clientId, text })
    const wish = { conversationId, clientId, text, ...(replyTo === undefined ? {} : { replyTo }) }
    const saved = await this.#unlessTooLate(({ conversations }) =>
      Promise.all(Array.from({ length: times }, () => conversations.send(wish))),
    )
    // what it was to answer was deleted meanwhile
    if (!saved)
      this.said.splice(
        this.said.findIndex(({ id }) => id === clientId),
        1,
      )
  }

  /** A file with some content that nobody has seen before. */
  async sayFile(name: string, length: number): Promise<void> {
    const content = randomBytes(length)
    const clientId = randomBytes(16).toString('hex')
    this.said.push({ id: clientId, text: fileText })
    this.enclosed.set(name, digest(content))
    await enclose(this, { name, content, clientId })
  }

  /** @param text undefined to delete it for both */
  async change(message: MessageView, text: string | undefined): Promise<void> {
    const said = this.said.find(({ id }) => id === message.id)
    if (said === undefined) return
    const messageId = message.id
    const done = await this.#unlessTooLate(({ conversations }) =>
      text === undefined ? conversations.deleteForBoth({ messageId }) : conversations.edit({ messageId, text }),
    )
    if (done) said.text = text
    // a change that a death hid, or that came too late: then the writer's own screen says which
    else await this.#asShown(said)
  }

  async #asShown(said: Said): Promise<void> {
    const shown = (await this.screen()).find(({ id }) => id === said.id)
    if (shown !== undefined) said.text = textOf(shown)
  }

  async react(messageId: string, emoji: string): Promise<void> {
    await this.#unlessTooLate(({ conversations }) => conversations.react({ messageId, emoji }))
  }

  /** The last of what is shown, oldest first. */
  recent(limit: number): Promise<MessageView[]> {
    const { conversationId } = this
    return this.app.ask(({ conversations }) => conversations.messages({ conversationId, limit }))
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
    const all = async (): Promise<boolean> => (await this.recent(50)).every(({ delivery }) => delivery !== 'queued')
    await eventually(all, { timeoutMs: 8_000, everyMs: 200 })
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

  /** @returns whether it was done; what it is about may have been deleted, and can be changed for an hour only */
  async #unlessTooLate(change: Change): Promise<boolean> {
    const tooLate = (error: unknown): false => {
      if (error instanceof Error && 'code' in error && error.code === 'wrong-state') return false
      throw error
    }
    return this.app.ask((client) => change(client).then(() => true, tooLate))
  }
}
