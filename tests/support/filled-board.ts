import { blocksOfWeek } from '../../core/api/availability.ts'
import { unsaid } from '../../core/api/blank-offer.ts'
import type { OfferDraft } from '../../core/api/offers.ts'
import type { CommunityId, OfferId } from '../../core/base/ids.ts'
import { epochOf } from '../../core/community/epoch.ts'
import type { Database } from '../../core/database/database.ts'
import { SeenOffers } from '../../core/offers/seen-offers.ts'
import { topics } from '../../core/topics/taxonomy.ts'
import type { Dice } from '../harness/dice.ts'

const subjects = `shirts letters songs bread bicycles stories gardens computers grammar portraits budgets voices
  history friends doctors passwords dances recipes essays tables lamps maps films curtains poems`.split(/\s+/)
const sayings = `I have done this for some years and like to show how it is done
  We can begin with what you have at home and go on slowly from there
  Bring your questions and we will find the answers together or somebody who knows
  Posso aiutare chi comincia con calma e senza fretta una sera alla settimana
  Ich zeige gern wie es geht und freue mich auf Fragen`.split('\n')

const blocks = Array.from({ length: blocksOfWeek }, (_, block) => block)

/** One among many: somebody's offer or request, about as long as people write. */
export function someDraft(dice: Dice, more: Partial<OfferDraft> = {}): OfferDraft {
  const kind = dice.pick(['offer', 'request'] as const)
  const about = dice.shuffled(topics).slice(0, 1 + dice.below(3))
  return {
    kind,
    topics: about.map(({ id }) => id),
    title: `${kind === 'offer' ? 'Teaching' : 'Looking for'} ${dice.pick(subjects)} and ${dice.pick(subjects)}`,
    text: Array.from({ length: 4 + dice.below(5) }, () => `${dice.pick(sayings).trim()}, ${dice.pick(subjects)}.`).join(
      ' ',
    ),
    languages: dice.shuffled(['en', 'it', 'fr', 'de', 'es']).slice(0, 1 + dice.below(2)),
    level: dice.pick(['any', 'beginner', 'some', 'experienced'] as const),
    formats: dice.shuffled(['text', 'voice', 'in-person'] as const).slice(0, 1 + dice.below(3)),
    ...unsaid,
    tags: dice.shuffled(subjects).slice(0, dice.below(4)),
    availability: dice.below(3) === 0 ? [] : blocks.filter(() => dice.below(4) === 0),
    boundaries: dice.below(2) === 0 ? '' : dice.pick(sayings).trim(),
    inReturn: { topics: dice.below(3) === 0 ? [dice.pick(topics).id] : [], text: '' },
    ...more,
  }
}

/** Saves an offer as if it had been read from a board. @param persona of its author, 32 bytes */
export function putSeen(
  database: Database,
  {
    communityId,
    persona,
    draft,
    now,
    dice,
    pseudonym = 'Quiet Heron',
  }: {
    readonly communityId: CommunityId
    readonly persona: Uint8Array<ArrayBuffer>
    readonly draft: OfferDraft
    readonly now: number
    readonly dice: Dice
    readonly pseudonym?: string
  },
): OfferId {
  const content = {
    draft,
    pseudonym,
    personaKey: persona,
    bundle: new Uint8Array(1774),
    introduction: { writeSeed: dice.bytes(32), readPublic: dice.bytes(32), sealPublic: dice.bytes(32) },
    expiryHours: 0xffff_ffff,
    revision: 0,
    vouches: [],
  }
  return new SeenOffers(database).put(communityId, content, { identityKey: dice.bytes(33), epoch: epochOf(now), now })
}

/** Many offers of many people, about two each, in one transaction. */
export function fillBoard(
  database: Database,
  {
    communityId,
    count,
    now,
    dice,
  }: {
    readonly communityId: CommunityId
    readonly count: number
    readonly now: number
    readonly dice: Dice
  },
): void {
  const people = Array.from({ length: Math.ceil(count / 2) }, (_, index) => ({
    persona: dice.bytes(32),
    pseudonym: `${dice.pick(subjects)} ${index}`,
  }))
  database.transaction(() => {
    for (let index = 0; index < count; index++) {
      // most of them read long ago
      const seen = now - dice.below(60) * 3_600_000
      putSeen(database, { communityId, ...dice.pick(people), draft: someDraft(dice), now: seen, dice })
    }
  })
}
