import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { MessageView } from '../../../core/api/views.ts'
import { systemClock as clock } from '../../../core/base/clock.ts'
import type { CommunityId } from '../../../core/base/ids.ts'
import { Communities } from '../../../core/community/communities.ts'
import { costFloor } from '../../../core/crypto/passphrase.ts'
import { random } from '../../../core/crypto/random.ts'
import type { Database } from '../../../core/database/database.ts'
import { Personas } from '../../../core/personas/personas.ts'
import { migrations } from '../../../core/session/migrations.ts'
import { Vault } from '../../../core/vault/vault.ts'
import { nothing, type Outcome } from '../../harness/faults.ts'
import { eventually } from '../../support/eventually.ts'
import { introduce, type Belonging } from '../../support/pair.ts'
import { NodeCrowd, type Lodging } from '../boxes/node-crowd.ts'
import type { MortalApp, MortalNode } from '../mortal.ts'
import { digests, fetchAll } from './enclosures.ts'
import { mirrored, tallies, type Screens } from './mirror.ts'
import { Resident } from './resident.ts'

export interface TownOptions {
  readonly directory: string
  /** Where nodes live; three in the town's own folder where nothing is said. */
  readonly lodgings?: readonly Lodging[]
  /** Nodes that are there already: then they are several towns'. */
  readonly crowd?: NodeCrowd
  /** Of the members' processes. */
  readonly env?: { readonly seeker?: NodeJS.ProcessEnv; readonly mentor?: NodeJS.ProcessEnv }
  /** Where the seeker's vault lies, where not in the town's folder. */
  readonly seekerDirectory?: string
}

const passphrases = { seeker: 'a boat on the water', mentor: 'a lamp in the window' } as const
const healMs = 180_000

/**
 * Two members who know each other and three community nodes, all of them real
 * processes. Their vaults are made before the members start: how people get to
 * know each other is another scenario's.
 */
export class Town {
  readonly crowd: NodeCrowd
  readonly seeker: Resident
  readonly mentor: Resident

  private constructor(crowd: NodeCrowd, seeker: Resident, mentor: Resident) {
    this.crowd = crowd
    this.seeker = seeker
    this.mentor = mentor
  }

  static async build({ directory, lodgings, crowd: others, env = {}, seekerDirectory }: TownOptions): Promise<Town> {
    // what a process has compiled once the next one need not compile again
    const quick = { NODE_COMPILE_CACHE: join(directory, 'compiled') }
    const own = Array.from({ length: 3 }, (_, nth) => ({ directory: join(directory, `node-${nth}`), env: quick }))
    const crowd = others ?? (await NodeCrowd.start(lodgings ?? own))
    try {
      const at = { seeker: seekerDirectory ?? join(directory, 'seeker'), mentor: join(directory, 'mentor') }
      const vaults = { seeker: vaultIn(at.seeker), mentor: vaultIn(at.mentor) }
      const databases = {
        seeker: await vaults.seeker.create(passphrases.seeker),
        mentor: await vaults.mentor.create(passphrases.mentor),
      }
      const [mentor, seeker] = settle([databases.mentor, 'Maple Heron'], [[databases.seeker, 'Quiet River']], crowd)
      const belonging = { mentor, seeker: seeker ?? mentor }
      const pair = await introduce(databases.seeker, databases.mentor, clock, random(64), belonging)
      vaults.seeker.lock()
      vaults.mentor.lock()
      const resident = (name: 'seeker' | 'mentor'): Resident =>
        new Resident({
          directory: at[name],
          passphrase: passphrases[name],
          env: { ...quick, ...env[name] },
          communityId: belonging[name].communityId,
          conversationId: pair[name].id,
        })
      return new Town(crowd, resident('seeker'), resident('mentor'))
    } catch (error) {
      await crowd.stop()
      throw error
    }
  }

  get residents(): readonly [Resident, Resident] {
    return [this.seeker, this.mentor]
  }

  /** Messages so far. */
  get said(): number {
    return this.seeker.said.length + this.mentor.said.length
  }

  /** For a reaper. */
  get mortals(): { readonly residents: readonly MortalApp[]; readonly nodes: readonly MortalNode[] } {
    return { residents: this.residents.map(({ app }) => app), nodes: this.crowd.nodes }
  }

  async start(): Promise<void> {
    await Promise.all(this.residents.map(({ app }) => app.start()))
  }

  /** Until both show the same, all that was said is there, and both know so. @returns whether they ever came to it */
  async heal(): Promise<boolean> {
    const both = async (): Promise<boolean> => {
      await Promise.all(this.residents.map((resident) => resident.check()))
      const recent = await Promise.all(this.residents.map((resident) => resident.recent(200)))
      // cheap to ask, and not true for most of the time
      if (recent.flat().some(({ mine, delivery }) => mine && !isDelivered(delivery))) return false
      const fetched = await Promise.all(this.residents.map((resident) => fetchAll(resident)))
      const screens = await this.#screens()
      return (
        fetched.every(Boolean) &&
        screens.every(
          (each) =>
            mirrored(each) &&
            each.said.length <= each.there.length &&
            each.here.every(({ mine, delivery }) => !mine || isDelivered(delivery)),
        )
      )
    }
    return eventually(both, { timeoutMs: healMs, everyMs: 300, what: 'all to be delivered' }).catch(() => false)
  }

  /** Heals, stops everything, and compares what was said with what is shown. */
  async judge(notes: Readonly<Record<string, number>> = {}): Promise<Outcome> {
    const healed = await this.heal()
    const broken: string[] = healed ? [] : ['not all was delivered in time']
    const sum = { promised: 0, found: 0, lost: 0, duplicated: 0, reordered: 0 }
    const screens = await this.#screens()
    for (const each of screens) {
      for (const { sent, lost, duplicated, reordered } of tallies(each)) {
        sum.promised += sent
        sum.found += sent - lost
        sum.lost += lost
        sum.duplicated += duplicated
        sum.reordered += reordered
      }
      if (!mirrored(each)) broken.push('the two screens differ')
      if (each.here.some(({ position }, index) => position !== index)) broken.push('a screen has gaps')
      if (each.here.some(({ kind }) => kind === 'unreadable')) broken.push('something could not be read')
    }
    let enclosed = 0
    for (const [writer, reader] of [
      [this.seeker, this.mentor],
      [this.mentor, this.seeker],
    ] as const) {
      enclosed += writer.enclosed.size
      const there = await digests(reader)
      for (const [name, digest] of writer.enclosed) {
        if (there.get(name) !== digest) broken.push('a file did not arrive as it was')
      }
    }
    const resets = screens.flatMap(({ here }) => here).filter(({ kind }) => kind === 'session-reset').length
    return this.conclude({ ...sum, notes: { ...notes, files: enclosed, 'session resets': resets }, broken })
  }

  /** Stops everything, and looks for crashes and damages besides. */
  async conclude(outcome: Omit<Outcome, 'crashed'>): Promise<Outcome> {
    await this.stop()
    const broken = [...outcome.broken, ...(await this.damages())]
    const crashed = this.residents.reduce((total, { app }) => total + app.crashes, this.crowd.crashes)
    return { ...nothing, ...outcome, crashed, broken }
  }

  async #screens(): Promise<Screens[]> {
    const { seeker, mentor } = this
    const [here, there] = [await seeker.screen(), await mentor.screen()]
    return [
      { said: seeker.said, here, there },
      { said: mentor.said, here: there, there: here },
    ]
  }

  async stop(): Promise<void> {
    await Promise.all(this.residents.map(({ app }) => app.stop().catch(() => {})))
    await this.crowd.stop()
  }

  /** What is wrong with databases that nobody uses now. */
  async damages(): Promise<string[]> {
    const broken = this.crowd.damaged()
    for (const [index, resident] of this.residents.entries()) {
      const whose = index === 0 ? "the seeker's" : "the mentor's"
      broken.push(...(await resident.withVault(soundness)).map((what) => `${whose} vault: ${what}`))
    }
    return broken
  }
}

export function vaultIn(directory: string): Vault {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  return new Vault({ directory, migrations, cost: costFloor })
}

/** A vault, and by what name its owner is known. */
type Named = readonly [database: Database, name: string]

/** Gives all a community on the nodes and a persona in it. @returns the founder's, and the others' in their order */
export function settle(
  [founder, name]: Named,
  others: readonly Named[],
  { networkKey, addresses }: NodeCrowd,
): [Belonging, ...Belonging[]] {
  const home = new Communities(founder, clock)
  const nodeLink = { kind: 'node', networkKey, nodes: addresses } as const
  const { id } = home.create({ name: 'The Choir', nodeLink })
  const expiresAt = clock.now() + 86_400_000
  const belonging = (database: Database, communityId: CommunityId, name: string): Belonging => ({
    communityId,
    personaId: new Personas(database, clock).create(communityId, name).id,
  })
  const joined = others.map(([database, name]) => {
    const community = new Communities(database, clock).join(home.invitation(id, { nodes: addresses, expiresAt }))
    return belonging(database, community.id, name)
  })
  return [belonging(founder, id, name), ...joined]
}

function isDelivered(delivery: MessageView['delivery']): boolean {
  return delivery === 'delivered' || delivery === 'read'
}

/** What SQLite says is wrong with a database, and what lies in a vault at rest although nothing is under way. */
export function soundness(database: Database): string[] {
  const said = database.all<{ integrity_check: string }>('PRAGMA integrity_check')
  const wrong = said.map(({ integrity_check }) => integrity_check).filter((line) => line !== 'ok')
  const orphans = database.all('PRAGMA foreign_key_check').length
  return [...wrong, ...(orphans === 0 ? [] : [`${orphans} rows refer to nothing`])]
}
