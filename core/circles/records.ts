import { limits } from '../api/limits.ts'
import { equal } from '../base/bytes.ts'
import { Fault, isFault } from '../base/fault.ts'
import type { CircleId } from '../base/ids.ts'
import type { RecordHandler, RecordPlace } from '../conversations/records.ts'
import type { Conversation } from '../conversations/store.ts'
import { random } from '../crypto/random.ts'
import type { Desk } from './desk.ts'
import { beginEpoch } from './epochs.ts'
import { dropGuests, guestAt, guestsOf, isTaken, letIn, listGuests, noteToldEpoch, setGuest } from './guests.ts'
import { wantRekey } from './hosting.ts'
import { memberKeys, seedLength } from './keys.ts'
import { decodeCircleRecord, isProven, type CircleRecord, type RecordOf } from './record.ts'
import { decodeRoster } from './roster.ts'
import {
  addCircle,
  circleOfHost,
  closeCircle,
  dropInvitation,
  getCircle,
  memberByKey,
  reopenCircle,
  setState,
} from './store.ts'
import { mostOfContact, mostReports } from './timing.ts'

type Event = ReturnType<RecordHandler['apply']>

/** How host and member change what they keep of a circle, by what they tell each other in their conversation. */
export class CircleRecords implements RecordHandler {
  readonly #desk: Desk
  readonly #together: number
  readonly #told: (changed: readonly CircleId[]) => void
  readonly #names: (conversation: Conversation) => string
  /** Changed in a transaction that is not committed yet. */
  readonly #changed = new Set<CircleId>()

  /**
   * @param together ms that the host waits for others who come in
   * @param names by which the conversation's persona is known
   * @param told after the commit: there may be something to do
   */
  constructor(
    desk: Desk,
    {
      together,
      names,
      told,
    }: {
      together: number
      names: (conversation: Conversation) => string
      told: (changed: readonly CircleId[]) => void
    },
  ) {
    this.#desk = desk
    this.#together = together
    this.#names = names
    this.#told = told
  }

  apply(conversation: Conversation, body: Uint8Array, { mine, now }: RecordPlace): Event {
    const said = decodeCircleRecord(body)
    try {
      return mine ? this.#ours(conversation, said) : this.#theirs(conversation, said, now)
    } catch (error) {
      if (!mine && isFault(error, 'bad-signature')) return 'unreadable'
      throw error
    }
  }

  erase(id: Conversation['id']): void {
    const { database, clock } = this.#desk
    const guests = guestsOf(database, id)
    dropGuests(database, id)
    for (const { circleId, state } of guests) {
      if (state === 'joined') wantRekey(database, circleId, clock.now())
      this.#changed.add(circleId)
    }
    database.run('DELETE FROM circles WHERE conversation_id = ?', [id])
  }

  committed(): void {
    const changed = [...this.#changed]
    this.#changed.clear()
    for (const id of changed) this.#desk.changed(id)
    if (changed.length > 0) this.#told(changed)
  }

  /** What this side told is done; what it is, was decided when it was wished. */
  #ours({ id: conversationId }: Conversation, said: CircleRecord): Event {
    const { database } = this.#desk
    // a contact may have made a circle of the same name: who says what tells them apart
    const ofHost = said.kind === 'invite' || said.kind === 'epoch' || said.kind === 'out'
    const circleId = ofHost
      ? guestAt(database, conversationId, said.circle)?.circleId
      : circleOfHost(database, conversationId, said.circle)?.id
    if (circleId === undefined) throw new Fault('wrong-state', 'A record of a circle that is not here')
    this.#changed.add(circleId)
    switch (said.kind) {
      case 'invite':
        setGuest(database, circleId, conversationId, 'invited')
        return 'circle-invited'
      case 'join':
        setState(database, circleId, 'joining')
        return 'circle-joined'
      case 'decline':
        dropInvitation(database, circleId, 'left')
        return 'circle-declined'
      case 'epoch':
        noteToldEpoch(
          database,
          circleId,
          conversationId,
          decodeRoster(said.roster, getCircle(database, circleId).hostKey).epoch,
        )
        return undefined
      case 'leave':
        closeCircle(database, circleId, 'left')
        return 'circle-left'
      case 'out':
        setGuest(database, circleId, conversationId, 'removed')
        return said.why === 'ended' ? 'circle-ended' : 'circle-removed'
      // report: the one that is left
      default:
        return 'circle-reported'
    }
  }

  #theirs(conversation: Conversation, said: CircleRecord, now: number): Event {
    switch (said.kind) {
      case 'invite':
        return this.#invited(conversation, said, now)
      case 'epoch':
      case 'out':
        return this.#hosted(conversation, said, now)
      default:
        return this.#answered(conversation, said, now)
    }
  }

  #invited(conversation: Conversation, { circle: wireId, name, host }: RecordOf<'invite'>, now: number): Event {
    const { database } = this.#desk
    const { id: conversationId, communityId, personaId } = conversation
    const known = circleOfHost(database, conversationId, wireId)
    if (known !== undefined && !['left', 'removed', 'ended'].includes(known.state)) return undefined
    // made anew: who comes back is somebody else
    const fresh = { name, hostKey: host, seed: random(seedLength), ownName: this.#names(conversation) }
    if (known !== undefined) {
      reopenCircle(database, known.id, fresh)
      this.#changed.add(known.id)
      return 'circle-invited'
    }
    const count = database.get<{ count: number }>('SELECT count(*) AS count FROM circles WHERE conversation_id = ?', [
      conversationId,
    ])
    if ((count?.count ?? 0) >= mostOfContact) return undefined
    const id = addCircle(database, {
      communityId,
      personaId,
      conversationId,
      wireId,
      ...fresh,
      state: 'invited',
      createdAt: now,
    })
    this.#changed.add(id)
    return 'circle-invited'
  }

  /** Of the host. */
  #hosted(conversation: Conversation, said: RecordOf<'epoch'> | RecordOf<'out'>, now: number): Event {
    const { database } = this.#desk
    const circle = circleOfHost(database, conversation.id, said.circle)
    if (circle === undefined) return undefined
    if (said.kind === 'epoch') {
      if (circle.state !== 'joining' && circle.state !== 'active') return undefined
      beginEpoch(database, circle, { ...said, now })
      this.#changed.add(circle.id)
      return undefined
    }
    if (!['invited', 'accepting', 'declining', 'joining', 'active', 'leaving'].includes(circle.state)) return undefined
    this.#changed.add(circle.id)
    if (circle.epoch === 0) dropInvitation(database, circle.id, said.why)
    else closeCircle(database, circle.id, said.why)
    return said.why === 'ended' ? 'circle-ended' : 'circle-removed'
  }

  /** Of somebody who was invited, or is in it. */
  #answered(
    { id: conversationId }: Conversation,
    said: Exclude<CircleRecord, { kind: 'invite' | 'epoch' | 'out' }>,
    now: number,
  ): Event {
    const { database } = this.#desk
    const guest = guestAt(database, conversationId, said.circle)
    if (guest === undefined) return undefined
    const { circleId, state } = guest
    const circle = getCircle(database, circleId)
    if (circle.state !== 'active') return undefined
    this.#changed.add(circleId)
    if (said.kind === 'join') {
      const guests = listGuests(database, circleId)
      const own = memberKeys(circle.seed)
      const isHost = equal(said.key, own.sign.publicKey) || equal(said.box, own.box.publicKey)
      const full = guests.filter((each) => each.state === 'joined').length >= limits.circle.members - 1
      if (state !== 'invited' || !isProven(said) || isHost || full || isTaken(guests, said)) return undefined
      letIn(database, { circleId, conversationId }, said)
      wantRekey(database, circleId, now + this.#together)
      return 'circle-joined'
    }
    if (said.kind === 'decline') {
      if (state !== 'invited') return undefined
      setGuest(database, circleId, conversationId, 'declined')
      return 'circle-declined'
    }
    if (said.kind === 'leave') {
      if (state !== 'joined' && state !== 'invited') return undefined
      setGuest(database, circleId, conversationId, 'left')
      if (state === 'joined') wantRekey(database, circleId, now)
      return 'circle-left'
    }
    if (state !== 'joined' || guest.keys === undefined) return undefined
    return this.#reported(circleId, guest.keys.key, said, now)
  }

  #reported(circleId: CircleId, by: Uint8Array, { about, text }: RecordOf<'report'>, now: number): Event {
    const { database } = this.#desk
    try {
      const [whom, reporter] = [about, by].map((key) => memberByKey(database, circleId, key).id)
      database.run('INSERT INTO circle_reports (circle_id, by_member, about, text, at) VALUES (?, ?, ?, ?, ?)', [
        circleId,
        reporter ?? '',
        whom ?? '',
        text,
        now,
      ])
    } catch (error) {
      // of somebody who never was in it
      if (isFault(error, 'not-found')) return undefined
      throw error
    }
    database.run(
      `DELETE FROM circle_reports WHERE circle_id = $circleId AND number NOT IN
         (SELECT number FROM circle_reports WHERE circle_id = $circleId ORDER BY number DESC LIMIT $most)`,
      { circleId, most: mostReports },
    )
    return 'circle-reported'
  }
}
