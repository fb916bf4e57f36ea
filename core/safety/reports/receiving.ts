import { equal, type Bytes } from '../../base/bytes.ts'
import { isFault } from '../../base/fault.ts'
import type { CommunityId, ReportId } from '../../base/ids.ts'
import type { OpenedBox } from '../../boxes/client.ts'
import type { Watch } from '../../boxes/poller.ts'
import { epochOf } from '../../community/epoch.ts'
import { sha256 } from '../../crypto/derive.ts'
import { shownMemoryWork } from '../../crypto/memory-work.ts'
import { shuffled } from '../../crypto/random.ts'
import { openWith, type BoxKey } from '../../crypto/seal.ts'
import { decodeEvidence } from '../evidence.ts'
import type { ReportsContext } from './context.ts'
import { decodeLetter, partLength, partsOf, type Letter } from './letter.ts'
import { letterWatch, letterWork, partPlace } from './places.ts'
import type { ReceivedReport } from './received.ts'

const hour = 3_600_000
/** A letter's box lives 15 days at most: so many weeks back it may have been written, and one ahead for clocks that differ. */
const weeksBack = 3
/** Kept; more stay on the nodes until the guardian deletes some. 19 MB at most. */
export const maxHere = 200
/** Told of and not all here. */
export const maxComing = 64
/** Whose parts are looked for in one poll, chosen anew each time: who tells of what is not there holds up nobody for long. */
const soughtAtOnce = 2

/** The guardian's side: what lies at their places is kept and shown, and nothing is answered. */
export class ReportReceiving {
  readonly #context: ReportsContext

  constructor(context: ReportsContext) {
    this.#context = context
  }

  watches(communityId: CommunityId): Watch[] {
    const { guardians, communities, received, clock } = this.#context
    const keys = guardians.ownGuardianKeys(communityId)
    if (keys === undefined) return []
    const { sign, box } = keys
    const addressee = { signKey: sign.publicKey, boxKey: box.publicKey }
    const present = epochOf(clock.now())
    const letters: Watch[] = []
    for (let epoch = Math.max(0, present - weeksBack); epoch <= present + 1; epoch++) {
      const secret = communities.secretIfHere(communityId, epoch)
      if (secret === undefined) continue
      letters.push({
        capability: letterWatch(secret, addressee, sign),
        handle: (found) => this.#letter(communityId, box, found),
      })
    }
    const sought = shuffled(received.coming(communityId)).slice(0, soughtAtOnce)
    return [...letters, ...sought.flatMap((report) => this.#partWatches(report))]
  }

  /** Forgets what is past its time. */
  expire(now: number): void {
    this.#context.received.purge(now)
  }

  #partWatches({ id, root, length }: ReceivedReport): Watch[] {
    this.#context.received.addTry(id)
    const here = this.#context.received.partsHere(id)
    return Array.from({ length: partsOf(length) }, (_, part) => part)
      .filter((part) => !here.has(part))
      .map((part) => ({
        capability: partPlace(root, part),
        handle: async (found) => {
          this.#part(id, part, found)
          await Promise.resolve()
        },
      }))
  }

  /**
   * The cheap questions first. The work of a letter is looked at once: what finds
   * no room is remembered, and comes in when there is some.
   */
  async #letter(communityId: CommunityId, key: BoxKey, box: OpenedBox): Promise<void> {
    const { received, workBits, database, clock, log, emit } = this.#context
    const known = received.known(box)
    if (known === 'done' || received.countHere() >= maxHere) return
    if (known !== undefined && !this.#hasRoom(known.tries)) return
    const until = Math.min(box.expiryHours * hour, clock.now() + 16 * 24 * hour)
    const letter = openLetter(key, box)
    const isLetter =
      letter !== undefined &&
      (known === undefined
        ? (await shownMemoryWork(letterWork(box.place, letter.root, box.author), letter.work)) >= workBits
        : equal(letter.root, known.root))
    if (!isLetter) {
      received.setLooked(box, until)
      log.write('info', 'reports.refused')
      return
    }
    const { root } = letter
    const tries = known?.tries ?? 0
    const isNew = database.transaction(() => {
      const settled = received.isSettled(root)
      const waits = !settled && (received.countHere() >= maxHere || !this.#hasRoom(tries))
      received.setLooked(box, until, { root, waits })
      if (settled || waits) return false
      if (received.crowd().count >= maxComing) received.putBackWorst()
      return received.insert(communityId, letter, { now: clock.now(), expiresAt: until, tries })
    })
    if (isNew) emit({ type: 'safety' })
  }

  /**
   * Whether fewer than the most are coming, or one of them was looked for more
   * often, and in vain: each letter has its turn, and an honest one comes after
   * what it tells of, so that one turn is enough for it.
   */
  #hasRoom(tries: number): boolean {
    const { count, mostTries } = this.#context.received.crowd()
    return count < maxComing || (mostTries >= 2 && mostTries > tries)
  }

  #part(id: ReportId, part: number, { content }: OpenedBox): void {
    const { received, database, clock, log, emit } = this.#context
    const done = database.transaction(() => {
      const report = received.get(id)
      if (report === undefined || report.evidence !== undefined) return false
      const parts = partsOf(report.length)
      const length = part < parts - 1 ? partLength : report.length - (parts - 1) * partLength
      if (content.length !== length) return false
      received.putPart(id, part, content)
      if (received.partsHere(id).size < parts) return false
      const evidence = received.joined(id)
      if (!equal(sha256(evidence), report.hash) || !isEvidence(evidence)) {
        received.delete(id)
        log.write('info', 'reports.refused')
        return true
      }
      received.complete(id, evidence, clock.now())
      return true
    })
    if (done) emit({ type: 'safety' })
  }
}

function openLetter(key: BoxKey, { content }: OpenedBox): Letter | undefined {
  try {
    return decodeLetter(openWith(content, key))
  } catch (error) {
    if (isFault(error)) return undefined
    throw error
  }
}

function isEvidence(encoded: Bytes): boolean {
  try {
    decodeEvidence(encoded)
    return true
  } catch (error) {
    if (isFault(error)) return false
    throw error
  }
}
