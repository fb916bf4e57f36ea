import type { HiddenView, NoticeView } from '../../api/safety.ts'
import { limits } from '../../api/limits.ts'
import { copy, equal, fromHex, hex, utf8, type Bytes } from '../../base/bytes.ts'
import type { Clock } from '../../base/clock.ts'
import { Fault } from '../../base/fault.ts'
import { harmlessLine, harmlessText } from '../../base/harmless.ts'
import type { CommunityId } from '../../base/ids.ts'
import type { Area } from '../../commons/area.ts'
import type { Commons } from '../../commons/commons.ts'
import { documentKeyLength, type Document } from '../../commons/document.ts'
import { sha256 } from '../../crypto/derive.ts'
import { random } from '../../crypto/random.ts'
import type { Database } from '../../database/database.ts'
import { ReceivedIntroductions } from '../../introductions/received.ts'
import { SeenOffers } from '../../offers/seen-offers.ts'
import { weaveOf } from '../../personas/weave.ts'
import type { Guardians } from '../reports/context.ts'
import { decodeNotices, encodeNotices, noticeIdLength, type Blocked, type Notice } from './content.ts'

const areaName = 'notices'
const day = 86_400_000
/** A document from further ahead was signed by a clock that nobody should follow. */
const aheadAtMost = day

export interface NoticesOptions {
  readonly database: Database
  readonly commons: Commons
  readonly guardians: Guardians & {
    watch(changed: (communityId: CommunityId) => void): () => void
  }
  readonly clock: Clock
  /** Who shows it reads it again. */
  readonly changed: () => void
}

export interface NoticeWish {
  readonly communityId: CommunityId
  readonly language: string
  readonly words: string
  readonly days: number
  readonly blocked: readonly Blocked[]
}

/** Where a guardian's notices lie: each has one document. */
export function noticeKey(signKey: Uint8Array): Bytes {
  return sha256(utf8('staffetta/notices/key/1'), signKey).slice(0, documentKeyLength)
}

/**
 * What guardians say to everyone. All of a guardian's notices are one document,
 * so that a later one takes the place of the earlier: nothing can be played back.
 * Whether this device follows a guardian is for its person to say.
 */
export class Notices implements Area {
  readonly name = areaName
  readonly shards = 2
  readonly spots = 2
  readonly limit = 1
  readonly #options: NoticesOptions

  constructor(options: NoticesOptions) {
    this.#options = options
    options.commons.register(this)
    options.guardians.watch((communityId) => options.commons.signersChanged(communityId, areaName))
  }

  signers(communityId: CommunityId): readonly Bytes[] {
    return this.#options.guardians.guardians(communityId).map(({ signKey }) => signKey)
  }

  accepts(_communityId: CommunityId, { key, signer, at }: Document): boolean {
    return equal(key, noticeKey(signer)) && at <= this.#options.clock.now() + aheadAtMost
  }

  check(_document: Document, body: Bytes): void {
    decodeNotices(body)
  }

  apply(): void {
    // read from the documents themselves
  }

  told(): void {
    this.#options.changed()
  }

  follows(communityId: CommunityId, signKey: Uint8Array): boolean {
    const row = this.#options.database.get<{ follows: number }>(
      'SELECT follows FROM followed_guardians WHERE community_id = ? AND sign_key = ?',
      [communityId, copy(signKey)],
    )
    return row?.follows !== 0
  }

  /** @throws Fault `not-found` where the charter names no such guardian */
  setFollows(communityId: CommunityId, guardianKey: string, follows: boolean): void {
    const signKey = fromHex(guardianKey)
    if (!this.signers(communityId).some((each) => equal(each, signKey))) {
      throw new Fault('not-found', 'No such guardian')
    }
    this.#options.database.run(
      'INSERT OR REPLACE INTO followed_guardians (community_id, sign_key, follows) VALUES (?, ?, ?)',
      [communityId, signKey, follows ? 1 : 0],
    )
    this.#options.changed()
  }

  /** What holds now, of guardians who are followed and of this person as one; newest first. */
  list(communityId: CommunityId): NoticeView[] {
    const own = this.#options.guardians.ownGuardianKeys(communityId)?.sign.publicKey
    return this.#living(communityId)
      .filter(({ signKey, follows }) => follows || isOwn(own, signKey))
      .map(({ name, signKey, notice: { id, madeAt, until, language, words, blocked } }) => ({
        id: hex(id),
        communityId,
        guardian: name,
        guardianKey: hex(signKey),
        mine: isOwn(own, signKey),
        madeAt,
        until,
        language,
        words: harmlessText(words),
        blocked: blocked.map(({ key, pseudonym }) => ({ pseudonym: harmlessLine(pseudonym), weave: weaveOf(key) })),
      }))
      .toSorted((a, b) => b.madeAt - a.madeAt)
  }

  /**
   * What the lists of followed guardians hide: offers by the key that signs them,
   * and introductions, which show no such key, by the name.
   */
  hidden(communityId: CommunityId): HiddenView {
    const { database } = this.#options
    const lists = this.#living(communityId)
      .filter(({ follows }) => follows)
      .flatMap(({ name, notice }) => notice.blocked.map((blocked) => ({ ...blocked, guardian: name })))
    if (lists.length === 0) return { offers: [], introductions: [] }
    const keys = Map.groupBy(lists, ({ key }) => hex(key))
    const names = Map.groupBy(lists, ({ pseudonym }) => folded(pseudonym))
    const by = (found: readonly { readonly guardian: string }[]) => [...new Set(found.map(({ guardian }) => guardian))]
    const offers = [...keys.values()].flatMap((found) =>
      new SeenOffers(database)
        .idsOf(communityId, found[0]?.key ?? new Uint8Array(0))
        .map((id) => ({ id, guardians: by(found) })),
    )
    const introductions = new ReceivedIntroductions(database)
      .list()
      .filter((introduction) => introduction.communityId === communityId)
      .flatMap(({ id, pseudonym }) => {
        const found = names.get(folded(pseudonym))
        return found === undefined ? [] : [{ id, guardians: by(found) }]
      })
    return { offers, introductions }
  }

  /** In hex, the persona keys that the lists of followed guardians name. */
  listedKeys(communityId: CommunityId): Set<string> {
    const followed = this.#living(communityId).filter(({ follows }) => follows)
    return new Set(followed.flatMap(({ notice }) => notice.blocked.map(({ key }) => hex(key))))
  }

  /** @throws Fault `wrong-state` (not a guardian, or as many as there may be), `bad-input`, `too-large` */
  publish({ communityId, language, words, days, blocked }: NoticeWish): void {
    const madeAt = this.#options.clock.now()
    const notice = {
      id: random(noticeIdLength),
      madeAt,
      until: madeAt + days * day,
      language,
      words: words.toWellFormed(),
      blocked,
    }
    this.#edit(communityId, (notices) => {
      if (notices.length >= limits.notices.count) throw new Fault('wrong-state', 'As many notices as there may be')
      return [...notices, notice]
    })
  }

  /** @throws Fault `wrong-state` (not a guardian), `not-found` */
  withdraw(communityId: CommunityId, id: string): void {
    this.#edit(communityId, (notices) => {
      const left = notices.filter((notice) => hex(notice.id) !== id)
      if (left.length === notices.length) throw new Fault('not-found', 'No such notice')
      return left
    })
  }

  #edit(communityId: CommunityId, change: (notices: readonly Notice[]) => readonly Notice[]): void {
    const { guardians, commons } = this.#options
    const keys = guardians.ownGuardianKeys(communityId)
    if (keys === undefined) throw new Fault('wrong-state', 'Only a guardian says something to everyone')
    const before = this.#of(communityId, keys.sign.publicKey)
    const body = encodeNotices(change(before))
    const key = noticeKey(keys.sign.publicKey)
    commons.publish(communityId, areaName, { key, meta: new Uint8Array(0), body }, keys.sign)
  }

  /** Of one guardian, those whose time is not over. */
  #of(communityId: CommunityId, signKey: Bytes): Notice[] {
    const { commons, clock } = this.#options
    const held = commons.currentOf(communityId, areaName, noticeKey(signKey))
    if (held === undefined) return []
    return decodeNotices(commons.body(held)).filter(({ until }) => until > clock.now())
  }

  #living(communityId: CommunityId) {
    return this.#options.guardians.guardians(communityId).flatMap(({ name, signKey }) => {
      const follows = this.follows(communityId, signKey)
      return this.#of(communityId, signKey).map((notice) => ({ name: harmlessLine(name), signKey, follows, notice }))
    })
  }
}

function isOwn(own: Bytes | undefined, signKey: Bytes): boolean {
  return own !== undefined && equal(own, signKey)
}

/** Names that a person would take for the same. */
function folded(pseudonym: string): string {
  return harmlessLine(pseudonym).normalize('NFKC').toLowerCase()
}
