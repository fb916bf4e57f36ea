import { hex, type Bytes } from '../../core/base/bytes.ts'
import { freshId, type CommunityId, type MessageId, type ReportId } from '../../core/base/ids.ts'
import type { OpenedBox } from '../../core/boxes/client.ts'
import type { Watch } from '../../core/boxes/poller.ts'
import { epochOf } from '../../core/community/epoch.ts'
import { sha256 } from '../../core/crypto/derive.ts'
import { mineMemoryWork, shownMemoryWork } from '../../core/crypto/memory-work.ts'
import { random } from '../../core/crypto/random.ts'
import { sealTo } from '../../core/crypto/seal.ts'
import { encodeLetter, type Letter } from '../../core/safety/reports/letter.ts'
import { letterPlace, letterWork } from '../../core/safety/reports/places.ts'
import { Acquainted, nameGuardians } from './acquainted.ts'
import { eventually } from './eventually.ts'
import type { Member } from './member.ts'
import type { Village } from './village.ts'

const day = 86_400_000
const workBits = 3

/** A pair of whom the seeker reports to a guardian of the village; and letters that others may have written to her. */
export class Reporting {
  readonly pair: Acquainted
  readonly guardian: { readonly member: Member; readonly communityId: CommunityId }
  /** Names the guardian. */
  readonly key: string
  #letterWatch: Watch | undefined

  private constructor(pair: Acquainted, guardian: Reporting['guardian'], key: string) {
    this.pair = pair
    this.guardian = guardian
    this.key = key
  }

  static async start(): Promise<Reporting> {
    const pair = await Acquainted.start()
    const { village } = pair
    const guardian = village.neighbour('Steady Oak')
    const { mentor, seeker } = village
    nameGuardians(mentor, village.communityId.mentor, [{ name: 'The oak', ...guardian }])
    await mentor.commons.tend(village.communityId.mentor)
    for (const [{ commons }, id] of [
      [seeker, village.communityId.seeker],
      [guardian.member, guardian.communityId],
    ] as const)
      await commons.refresh(id)
    return new Reporting(pair, guardian, seeker.safety.guardians()[0]?.key ?? '')
  }

  async end(): Promise<void> {
    await this.guardian.member.stop()
    await this.village.end()
  }

  get village(): Village {
    return this.pair.village
  }

  wish(...messageIds: MessageId[]) {
    return {
      conversationId: this.pair.seekers,
      messageIds,
      personaId: this.village.persona.seeker,
      note: 'What shall I do?',
    }
  }

  send(text = 'Send it, or everybody will know.'): ReportId {
    return this.village.seeker.safety.report(this.wish(this.pair.say(false, text)), this.key).id as ReportId
  }

  sent() {
    return this.village.seeker.safety.reports.sent()
  }

  arrives() {
    return eventually(() => this.sent()[0]?.state === 'sent', { what: 'a report that was sent' })
  }

  received() {
    return this.guardian.member.safety.reports.received()
  }

  /** Looks for letters, and then for what they tell of. */
  async look(): Promise<void> {
    await this.village.check(this.guardian.member)
    await this.village.check(this.guardian.member)
  }

  watches(): Watch[] {
    const { member, communityId } = this.guardian
    return [...member.safety.sources(communityId)()]
  }

  /** As a poll brings it. */
  async bring(box: OpenedBox): Promise<void> {
    const isThere = ({ capability }: Watch): boolean => hex(capability.place) === hex(box.place)
    // asked for once: each time is a try of two reports that are coming
    if (this.#letterWatch === undefined || !isThere(this.#letterWatch)) this.#letterWatch = this.watches().find(isThere)
    if (this.#letterWatch === undefined) throw new Error('Nobody watches there')
    await this.#letterWatch.handle(box)
  }

  /** Where letters of this week lie, and to whom they are sealed. */
  inbox() {
    const { seeker, communityId } = this.village
    const addressee = seeker.charters.guardians(communityId.seeker)[0]
    if (addressee === undefined) throw new Error('There is no guardian')
    const secret = seeker.communities.secretAt(communityId.seeker, epochOf(this.village.clock.now()))
    return { addressee, place: letterPlace(secret, addressee) }
  }

  /** A letter with its work, of something that is nowhere unless `says` tells otherwise. */
  async letter({
    lazy = false,
    content,
    says = {},
  }: { readonly lazy?: boolean; readonly content?: Bytes; readonly says?: Partial<Letter> } = {}) {
    const { addressee, place } = this.inbox()
    const [root, author] = [says.root ?? random(32), random(32)]
    const digest = letterWork(place.place, root, author)
    const work = await (lazy ? tooLittle(digest) : mineMemoryWork(digest, workBits))
    const said = encodeLetter({ work, length: 100, hash: sha256(root), ...says, root })
    return {
      place: place.place,
      author,
      sequence: 1n,
      expiryHours: Math.floor((this.village.clock.now() + 10 * day) / 3_600_000),
      content: sealTo(content ?? said, addressee.boxKey),
    }
  }

  /** As if so many good letters of what is nowhere had come: the work of all would take seconds. */
  crowd(count: number): void {
    const { database } = this.guardian.member
    const expiresAt = this.village.clock.now() + 10 * day
    for (let index = 0; index < count; index++) {
      database.run(
        `INSERT INTO received_reports (id, community_id, root, length, hash, received_at, expires_at)
         VALUES (?, ?, ?, 100, ?, 0, ?)`,
        [freshId(), this.guardian.communityId, random(32), random(32), expiresAt],
      )
    }
  }

  /** As if the parts of all that is coming, or of one alone, had been looked for so often. */
  setTries(tries: number, root?: Bytes): void {
    this.guardian.member.database.run(
      'UPDATE received_reports SET tries = :tries WHERE evidence IS NULL AND (:root IS NULL OR root = :root)',
      { tries, root: root ?? null },
    )
  }

  /** Reports that the guardian forgets, as if their time were over. @param which SQL: an order and a limit */
  forget(which: string): void {
    this.guardian.member.database.run(
      `DELETE FROM received_reports WHERE rowid IN (SELECT rowid FROM received_reports WHERE evidence IS NULL ${which})`,
    )
  }

  isComing(root: Bytes): boolean {
    return this.guardian.member.database.get('SELECT 1 FROM received_reports WHERE root = ?', [root]) !== undefined
  }

  /** Rows of the guardian's tables. */
  get coming(): number {
    return this.guardian.member.database.all('SELECT id FROM received_reports').length
  }

  get looked(): number {
    return this.guardian.member.database.all('SELECT place FROM looked_letters').length
  }
}

async function tooLittle(digest: Bytes): Promise<bigint> {
  let nonce = 0n
  while ((await shownMemoryWork(digest, nonce)) >= workBits) nonce++
  return nonce
}
