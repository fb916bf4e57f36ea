import type { AppEvent } from '../api/events.ts'
import type { CommunityView, SettingsView } from '../api/views.ts'
import type { Clock } from '../base/clock.ts'
import { Fault } from '../base/fault.ts'
import { Flights } from '../base/flights.ts'
import type { CommunityId } from '../base/ids.ts'
import type { Log } from '../base/log.ts'
import { startAll, stopAll, type Service } from '../base/service.ts'
import { Charters } from '../charter/charters.ts'
import { CharterEditing } from '../charter/editing.ts'
import { Commons } from '../commons/commons.ts'
import { Circles, type CircleMember } from '../circles/circles.ts'
import { Communities } from '../community/communities.ts'
import { Conversations } from '../conversations/conversations.ts'
import { Disclosures } from '../disclosure/disclosures.ts'
import type { Database } from '../database/database.ts'
import { Files } from '../files/files.ts'
import { Introductions } from '../introductions/introductions.ts'
import { Library } from '../library/library.ts'
import { Matching } from '../matching/matching.ts'
import { Mentorships } from '../mentorships/mentorships.ts'
import { Offers } from '../offers/offers.ts'
import { Personas } from '../personas/personas.ts'
import { Ratchet } from '../ratchet/ratchet.ts'
import { Safety } from '../safety/safety.ts'
import { Vouches } from '../vouches/vouches.ts'
import { Membership, type Tuning } from './membership.ts'
import { Settings, type SettingsWish } from './settings.ts'

/** A community that could not be entered (a full disk, a port that is taken) is tried again so often. */
export const enterAgain = 45_000

export interface SessionOptions {
  readonly database: Database
  readonly directory: string
  readonly clock: Clock
  readonly log: Log
  readonly emit: (event: AppEvent) => void
  readonly tuning: Tuning
}

/** Everything that lives while the vault is open, and not a moment longer. */
export class Session implements Service {
  readonly communities: Communities
  readonly personas: Personas
  readonly commons: Commons
  readonly charters: Charters
  readonly charterEditing: CharterEditing
  readonly library: Library
  readonly offers: Offers
  readonly matching: Matching
  readonly introductions: Introductions
  readonly conversations: Conversations
  readonly disclosures: Disclosures
  readonly vouches: Vouches
  readonly mentorships: Mentorships
  readonly circles: Circles
  readonly files: Files
  readonly safety: Safety
  readonly settings: Settings
  readonly #options: SessionOptions
  readonly #memberships = new Map<CommunityId, Membership>()
  /** Starts and stops of memberships, one after the other. */
  #turn: Promise<void> = Promise.resolve()
  #started = false
  #stopping = new AbortController()
  readonly #waiting = new Flights()
  /** Those that are tried again later. */
  readonly #outside = new Set<CommunityId>()

  constructor(options: SessionOptions) {
    const { database, directory, clock, log, emit } = options
    this.#options = options
    this.settings = new Settings(database)
    this.communities = new Communities(database, clock)
    this.personas = new Personas(database, clock)
    const ratchet = new Ratchet(database, clock)
    const parts = { database, communities: this.communities, personas: this.personas, ratchet, clock, emit, log }
    const clients = (id: CommunityId) => this.#memberships.get(id)?.client
    this.commons = new Commons({ ...parts, clients })
    this.charters = new Charters({
      ...parts,
      commons: this.commons,
      changed: (communityId) => emit({ type: 'charter', communityId }),
    })
    this.charterEditing = new CharterEditing({ ...parts, charters: this.charters })
    const topics = (id: CommunityId) => this.charters.topics(id)
    this.offers = new Offers({
      ...parts,
      clients,
      topics,
      accepted: (id) => this.introductions.acceptedFor(id).filter((each) => !this.mentorships.isBehind(each)).length,
      vouches: ({ personaId, draft }) => this.vouches.shownFor(personaId, draft),
    })
    this.matching = new Matching({
      ...parts,
      topics,
      listed: (id) => this.safety.notices.listedKeys(id),
      blocked: (id) => this.vouches.blockedKeys(id),
    })
    this.library = new Library({
      ...parts,
      commons: this.commons,
      charters: this.charters,
      changed: (communityId) => emit({ type: 'library', communityId }),
    })
    const tell = (event: AppEvent): void => {
      emit(event)
      // an acceptance made a conversation: its contact is told at once where this device is
      if (event.type === 'conversations') this.conversations.notice()
    }
    this.introductions = new Introductions({ ...parts, clients, emit: tell })
    this.safety = new Safety({ ...parts, clients, commons: this.commons, guardians: this.charters })
    this.files = new Files({ ...parts, directory, fetchVoice: () => this.settings.view().fetchVoice })
    this.mentorships = new Mentorships({ ...parts, conversations: () => this.conversations })
    this.disclosures = new Disclosures({ ...parts, conversations: () => this.conversations })
    this.vouches = new Vouches({
      ...parts,
      conversations: () => this.conversations,
      drafts: () => this.offers.drafts,
      republish: (personaId, topic) => this.offers.republishAbout(personaId, topic),
    })
    this.circles = new Circles({
      ...parts,
      say: (id, body) => this.conversations.actions.record(id, 'circle', body),
      names: ({ personaId }) => this.personas.get(personaId).pseudonym,
      members: (id) => this.#circleMember(id),
    })
    this.conversations = new Conversations({
      ...parts,
      records: new Map([
        this.mentorships.records,
        ['circle', this.circles.records],
        this.disclosures.records,
        this.vouches.records,
      ]),
      emit: (event) => {
        emit(event)
        // files come and go with their messages
        if (event.type === 'messages' || event.type === 'conversations') this.files.notice()
        if (event.type === 'conversations') this.circles.notice()
      },
      members: (id) => this.#memberships.get(id),
      connected: () => this.files.wake(),
      showsRead: () => this.settings.view().readReceipts,
    })
  }

  /** In the order in which they start. */
  get #services(): readonly Service[] {
    return [
      this.commons,
      this.offers,
      this.introductions,
      this.conversations,
      this.files,
      this.circles,
      this.mentorships,
      this.safety,
      this.vouches,
    ]
  }

  async start(): Promise<void> {
    if (this.#started) return
    this.#started = true
    this.#stopping = new AbortController()
    await startAll(this.#services)
    for (const { id } of this.communities.list()) void this.#inTurn(() => this.#enterInTime(id))
  }

  async stop(): Promise<void> {
    if (!this.#started) return
    this.#started = false
    this.#stopping.abort(new Fault('cancelled', 'The vault is locked'))
    try {
      await stopAll(this.#services)
    } finally {
      await this.#waiting.settled()
      await this.#inTurn(() => this.#leaveAll())
    }
  }

  /** Begins to take part in a community that was just made or joined. Where it fails, it is tried again all the same. */
  async enter(id: CommunityId): Promise<void> {
    try {
      await this.#inTurn(() => this.#enter(id))
    } catch (error) {
      this.#enterAgain(id)
      throw error
    }
  }

  /** @throws Fault `not-found` */
  membership(id: CommunityId): Membership {
    this.communities.get(id)
    const membership = this.#memberships.get(id)
    if (membership === undefined)
      throw new Fault('unreachable', 'The community is not reached yet', { retryable: true })
    return membership
  }

  communityViews(): CommunityView[] {
    return this.communities.list().map(({ id }) => this.communityView(id))
  }

  /** @throws Fault `not-found` */
  communityView(id: CommunityId): CommunityView {
    const { name, joinedAt, hosting } = this.communities.get(id)
    const network = this.#memberships.get(id)?.view() ?? {
      state: 'offline' as const,
      privacyMode: this.settings.view().privacyMode,
      nodesReached: 0,
      nodesKnown: 0,
    }
    return { id, name, joinedAt, hosting, network }
  }

  async changeSettings(wish: SettingsWish): Promise<SettingsView> {
    const before = this.settings.view()
    const after = this.settings.change(wish)
    this.#options.emit({ type: 'settings' })
    if (after.privacyMode !== before.privacyMode) {
      await this.#inTurn(async () => {
        await this.#leaveAll()
        for (const { id } of this.communities.list()) await this.#enterInTime(id)
      })
    }
    return after
  }

  /** Now, or as soon as it can be; never fails. */
  async #enterInTime(id: CommunityId): Promise<void> {
    await this.#enter(id).catch(() => this.#enterAgain(id))
  }

  #enterAgain(id: CommunityId): void {
    if (this.#outside.has(id)) return
    this.#outside.add(id)
    const later = this.#options.clock.wait(enterAgain, this.#stopping.signal).finally(() => this.#outside.delete(id))
    void this.#waiting.run(() => later.then(() => void this.#inTurn(() => this.#enterInTime(id)))).catch(() => {})
  }

  async #enter(id: CommunityId): Promise<void> {
    if (!this.#started || this.#memberships.has(id)) return
    const { directory, clock, log, emit, tuning } = this.#options
    const { privacyMode } = this.settings.view()
    const tell = (): void => emit({ type: 'community', community: this.communityView(id) })
    let reached = false
    const changed = (): void => {
      tell()
      const before = reached
      reached = membership.view().state === 'reached'
      if (reached && !before) this.#reached(membership)
    }
    const membership = new Membership({
      communityId: id,
      communities: this.communities,
      directory,
      privacyMode,
      clock,
      log,
      tuning,
      onChange: changed,
    })
    membership.watch(this.introductions.sources(id))
    membership.watch(this.conversations.sources(id))
    membership.watch(this.circles.sources(id))
    membership.watch(this.safety.sources(id))
    this.#memberships.set(id, membership)
    try {
      await membership.start()
      this.conversations.attach(id)
      await this.circles.attach(id)
      const lines = this.conversations.lines(id)
      if (lines !== undefined) await this.files.attach(id, lines)
    } catch (error) {
      this.#memberships.delete(id)
      await this.#leave(id, membership).catch(() => {})
      log.write('warn', 'session.community-not-started')
      tell()
      throw error
    }
    tell()
  }

  /** The network is there (again): what waited for it need not wait for its next try. */
  #reached(membership: Membership): void {
    this.commons.wake()
    this.offers.wake()
    this.introductions.wake()
    this.circles.wake()
    this.safety.wake()
    // what cannot be fetched now is fetched at the next poll
    membership.poller.check().catch(() => {})
  }

  /** Each, even where one fails: what is not stopped would go on behind a locked vault. */
  async #leaveAll(): Promise<void> {
    for (const [id, membership] of this.#memberships) {
      const left = await Promise.allSettled([this.#leave(id, membership)])
      if (left[0].status === 'rejected') this.#options.log.write('error', 'session.community-not-stopped')
      this.#memberships.delete(id)
    }
  }

  async #leave(id: CommunityId, membership: Membership): Promise<void> {
    try {
      await this.circles.detach(id)
      await this.files.detach(id)
      await this.conversations.detach(id)
    } finally {
      await membership.stop()
    }
  }

  #circleMember(id: CommunityId): CircleMember | undefined {
    const membership = this.#memberships.get(id)
    if (membership === undefined) return undefined
    const { client, poller, node } = membership
    return { client, poller, reached: () => node.status().state === 'reached' }
  }

  async #inTurn(body: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(body)
    this.#turn = turn.catch(() => {})
    await turn
  }
}
