import { join } from 'node:path'
import { systemClock as clock } from '../../../core/base/clock.ts'
import { random } from '../../../core/crypto/random.ts'
import { eventually } from '../../support/eventually.ts'
import { introduce } from '../../support/pair.ts'
import { NodeCrowd } from '../boxes/node-crowd.ts'
import { settle, soundness, vaultIn } from '../conversations/town.ts'
import { Guest } from './guest.ts'

const nodes = 3
const gatherMs = 180_000

/**
 * A host, contacts of theirs who do not know each other, and community nodes, all
 * of them real processes. Their vaults are made before they start: how people
 * get to know each other is another scenario's.
 */
export class Evening {
  readonly crowd: NodeCrowd
  readonly host: Guest
  readonly contacts: readonly Guest[]
  /** With each contact, in the host's vault. */
  readonly #conversations: ReadonlyMap<Guest, string>
  readonly #personaId: string

  private constructor(crowd: NodeCrowd, personaId: string, host: Guest, contacts: ReadonlyMap<Guest, string>) {
    this.crowd = crowd
    this.host = host
    this.contacts = [...contacts.keys()]
    this.#conversations = contacts
    this.#personaId = personaId
  }

  static async build(directory: string, names: readonly string[]): Promise<Evening> {
    // what a process has compiled once the next one need not compile again
    const env = { NODE_COMPILE_CACHE: join(directory, 'compiled') }
    const crowd = await NodeCrowd.start(
      Array.from({ length: nodes }, (_, nth) => ({ directory: join(directory, `node-${nth}`), env })),
    )
    try {
      const home = async (name: string) => {
        const vault = vaultIn(join(directory, name))
        const passphrase = `the evening of ${name}`
        return { name, vault, passphrase, database: await vault.create(passphrase) }
      }
      const host = await home('Host')
      const homes = await Promise.all(names.map(home))
      const [hosts, ...others] = settle(
        [host.database, host.name],
        homes.map(({ database, name }) => [database, name] as const),
        crowd,
      )
      const contacts = new Map<Guest, string>()
      let first: Guest | undefined
      for (const [nth, { name, vault, passphrase, database }] of homes.entries()) {
        const belonging = { seeker: others[nth] ?? hosts, mentor: hosts }
        const { seeker, mentor } = await introduce(database, host.database, clock, random(64), belonging)
        const { communityId } = belonging.seeker
        const parts = { env, directory: join(directory, name), passphrase, communityId, conversationId: seeker.id }
        contacts.set(new Guest(name, parts), mentor.id)
        first ??= new Guest(host.name, {
          ...parts,
          directory: join(directory, host.name),
          passphrase: host.passphrase,
          communityId: hosts.communityId,
          conversationId: mentor.id,
        })
        vault.lock()
      }
      host.vault.lock()
      if (first === undefined) throw new RangeError('names: expected at least one')
      return new Evening(crowd, hosts.personaId, first, contacts)
    } catch (error) {
      await crowd.stop()
      throw error
    }
  }

  get everybody(): readonly Guest[] {
    return [this.host, ...this.contacts]
  }

  /** How much was said so far. */
  get said(): number {
    return this.everybody.reduce((sum, { uttered }) => sum + uttered.length, 0)
  }

  get crashes(): number {
    return this.everybody.reduce((sum, { app }) => sum + app.crashes, this.crowd.crashes)
  }

  async start(): Promise<void> {
    await Promise.all(this.everybody.map(({ app }) => app.start()))
  }

  /** Into the host's circle, over however many deaths; each says yes once their app has the invitation. */
  async invite(guests: readonly Guest[]): Promise<void> {
    const conversationIds = guests.map((guest) => this.#conversations.get(guest) ?? '')
    await this.host.app.ask(async ({ circles }) => {
      const [known] = await circles.list()
      const wish = { personaId: this.#personaId, name: 'History evening', ownName: this.host.name }
      const { id: circleId } = known ?? (await circles.create(wish))
      await circles.invite({ circleId, conversationIds })
    })
    await Promise.all(guests.map((guest) => this.#accept(guest)))
  }

  async #accept(guest: Guest): Promise<void> {
    const isIn = async (): Promise<boolean> => {
      await Promise.all([guest.check(), this.host.check()])
      const circle = await guest.circle()
      if (circle?.state === 'invited') {
        await guest.app.ask(async ({ circles }) => {
          const [now] = await circles.list()
          if (now?.state === 'invited') await circles.accept({ circleId: now.id, ownName: guest.name })
        })
      }
      return circle?.state === 'active'
    }
    await eventually(isIn, { timeoutMs: gatherMs, everyMs: 200, what: `${guest.name} to come in` })
  }

  /** Returns once it stands: from then on the host writes where that member does not read. */
  async remove(guest: Guest): Promise<void> {
    await this.host.app.ask(async ({ circles }) => {
      const [circle] = await circles.list()
      const member = circle?.members.find(({ name, present }) => present && name === guest.name)
      if (circle !== undefined && member !== undefined)
        await circles.remove({ circleId: circle.id, memberId: member.id })
    })
  }

  async stop(): Promise<void> {
    await Promise.all(this.everybody.map(({ app }) => app.stop().catch(() => {})))
    await this.crowd.stop()
  }

  /** What is wrong with databases that nobody uses now. */
  async damages(): Promise<string[]> {
    const broken = this.crowd.damaged()
    for (const guest of this.everybody) {
      broken.push(...(await guest.withVault(soundness)).map((what) => `the vault of ${guest.name}: ${what}`))
    }
    return broken
  }
}
