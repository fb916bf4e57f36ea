import { equal, hex, type Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import type { CommunityId } from '../base/ids.ts'
import type { Area } from '../commons/area.ts'
import type { Commons } from '../commons/commons.ts'
import { documentKeyLength, type Document } from '../commons/document.ts'
import type { Communities } from '../community/communities.ts'
import { noCharter, type CharterMark } from '../community/link.ts'
import { random } from '../crypto/random.ts'
import { boxKey, type BoxKey } from '../crypto/seal.ts'
import { seedLength, signingKey, type SigningKey } from '../crypto/sign.ts'
import type { Database } from '../database/database.ts'
import { topicSpace, type TopicSpace } from '../topics/own.ts'
import { encodeMemberCode } from './code.ts'
import { decodeCharter, emptyCharter, encodeCharter, type Charter, type Guardian } from './content.ts'

const areaName = 'charter'
/** A community has one. */
const onlyKey = new Uint8Array(documentKeyLength)

/** What a guardian signs notices with, and opens what is sealed to them with. */
export interface GuardianKeys {
  readonly sign: SigningKey
  readonly box: BoxKey
}

export interface ChartersOptions {
  readonly database: Database
  readonly communities: Communities
  readonly commons: Commons
  /** Who shows it reads it again. */
  readonly changed: (communityId: CommunityId) => void
}

/**
 * What the founders of this person's communities say of them: who the guardians
 * and the editors are, and which topics there are besides the built-in ones.
 *
 * For other parts of core: `guardians(id)` is who may sign notices and to whom
 * something may be sealed; `ownGuardianKeys(id)` is there where this person is
 * one; `watch` tells of changes. All of it is synchronous and reads the vault.
 */
export class Charters implements Area {
  readonly name = areaName
  readonly shards = 2
  readonly spots = 2
  readonly limit = 1
  readonly #options: ChartersOptions
  readonly #watchers = new Set<(communityId: CommunityId) => void>()
  /** Decoded, by the digest of the document. */
  readonly #decoded = new Map<string, Charter>()
  readonly #spaces = new WeakMap<Charter, TopicSpace>()

  constructor(options: ChartersOptions) {
    this.#options = options
    options.commons.register(this)
  }

  /** The latest one that is here; an empty one before the first. */
  get(communityId: CommunityId): Charter {
    const held = this.#options.commons.currentOf(communityId, areaName, onlyKey)
    if (held === undefined) return emptyCharter
    const name = hex(held.digest)
    let charter = this.#decoded.get(name)
    if (charter === undefined) {
      charter = decodeCharter(this.#options.commons.body(held))
      if (this.#decoded.size > 64) this.#decoded.clear()
      this.#decoded.set(name, charter)
    }
    return charter
  }

  /** The built-in topics and the community's own. */
  topics(communityId: CommunityId): TopicSpace {
    const charter = this.get(communityId)
    let space = this.#spaces.get(charter)
    if (space === undefined) {
      space = topicSpace(charter.topics)
      this.#spaces.set(charter, space)
    }
    return space
  }

  /** What an invite says of it, and when it was signed. */
  edition(communityId: CommunityId): CharterMark & { readonly at: number } {
    const held = this.#options.commons.currentOf(communityId, areaName, onlyKey)
    if (held === undefined) return { ...noCharter, at: 0 }
    return { version: held.document.version, digest: held.digest, at: held.document.at }
  }

  /** Who may sign notices, and to whom something may be sealed. At most 8, in the founder's order. */
  guardians(communityId: CommunityId): readonly Guardian[] {
    return this.get(communityId).guardians
  }

  /** This person's own keys as a guardian, where the charter names both. */
  ownGuardianKeys(communityId: CommunityId): GuardianKeys | undefined {
    const keys = this.#guardianKeys(communityId)
    if (keys === undefined) return undefined
    const named = this.guardians(communityId).some(
      ({ signKey, boxKey: box }) => equal(signKey, keys.sign.publicKey) && equal(box, keys.box.publicKey),
    )
    return named ? keys : undefined
  }

  /** What this person hands to the founder to become a guardian; their keys are made when it is first asked for. @throws Fault `not-found` */
  guardianCode(communityId: CommunityId): string {
    const { database, communities } = this.#options
    const { networkKey } = communities.get(communityId)
    const { sign, box } = database.transaction(() => {
      const known = this.#guardianKeys(communityId)
      if (known !== undefined) return known
      database.run('INSERT INTO guardian_keys (community_id, sign_seed, box_secret) VALUES (?, ?, ?)', [
        communityId,
        random(seedLength),
        random(32),
      ])
      const made = this.#guardianKeys(communityId)
      if (made === undefined) throw new Fault('internal', 'Keys that were just made are not here')
      return made
    })
    return encodeMemberCode({ kind: 'guardian', signKey: sign.publicKey, boxKey: box.publicKey }, networkKey)
  }

  /**
   * Signs the next charter.
   *
   * @param change of what holds now
   * @throws Fault `not-found`, `wrong-state` (somebody else founded the community), `bad-input`, `too-large`
   */
  edit(communityId: CommunityId, change: (charter: Charter) => Charter): void {
    const { communities, commons } = this.#options
    const founder = communities.founderKey(communityId)
    if (founder === undefined) throw new Fault('wrong-state', 'Only the founder signs the charter')
    const body = encodeCharter(change(this.get(communityId)))
    commons.publish(communityId, areaName, { key: onlyKey, meta: new Uint8Array(0), body }, founder)
  }

  /** Whether all copies that this device owes of one that was signed here are out. */
  hasGoneOut(communityId: CommunityId): boolean {
    const held = this.#options.commons.currentOf(communityId, areaName, onlyKey)
    return held === undefined || !held.mine || this.#options.commons.isOut(held, areaName)
  }

  /** Called after every change. @returns how to stop it */
  watch(changed: (communityId: CommunityId) => void): () => void {
    this.#watchers.add(changed)
    return () => this.#watchers.delete(changed)
  }

  signers(communityId: CommunityId): readonly Bytes[] {
    return [this.#options.communities.get(communityId).founder]
  }

  /** None before the one that the invite named, and of its number no other. */
  accepts(communityId: CommunityId, { key, version }: Document, digest: Bytes): boolean {
    if (!equal(key, onlyKey)) return false
    const { charter } = this.#options.communities.get(communityId)
    return version > charter.version || (version === charter.version && equal(digest, charter.digest))
  }

  check(_document: Document, body: Bytes): void {
    decodeCharter(body)
  }

  apply(): void {
    // read from the document itself
  }

  told(communityId: CommunityId): void {
    for (const changed of [this.#options.changed, ...this.#watchers]) changed(communityId)
  }

  isOut(communityId: CommunityId): void {
    this.#options.changed(communityId)
  }

  #guardianKeys(communityId: CommunityId): GuardianKeys | undefined {
    const row = this.#options.database.get<{ sign_seed: Bytes; box_secret: Bytes }>(
      'SELECT sign_seed, box_secret FROM guardian_keys WHERE community_id = ?',
      [communityId],
    )
    return row === undefined ? undefined : { sign: signingKey(row.sign_seed), box: boxKey(row.box_secret) }
  }
}
