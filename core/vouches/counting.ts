import { setImmediate } from 'node:timers/promises'
import type { VouchCount } from '../api/vouches.ts'
import { hex, type Bytes } from '../base/bytes.ts'
import { isFault } from '../base/fault.ts'
import { maxVouches } from '../offers/content.ts'
import type { VouchedOffer } from '../offers/seen-offers.ts'
import { decodeVouch, isCurrent, isGenuine, type Vouch } from './vouch.ts'

/** Persona keys, in hexadecimal. */
export interface Acquaintance {
  /** Of whom this person knows. */
  readonly known: ReadonlySet<string>
  /** Of this person. */
  readonly own: ReadonlySet<string>
}

export interface CountingPlace extends Acquaintance {
  /** Of `communityTag`. */
  readonly community: Bytes
  readonly now: number
  readonly signatures: Signatures
}

interface Claim {
  readonly offer: VouchedOffer
  readonly vouch: Vouch
  readonly voucher: string
}

/** So many are verified at once before others have their turn: about 5 ms. */
const atOnce = 64
/** Remembered, so that what was verified once is not again at every look. About 10 MB. */
const mostRemembered = 50_000

/** Signatures that were looked at. */
export class Signatures {
  readonly #known = new Map<string, boolean>()
  #looked = 0

  async isGenuine(vouch: Vouch, about: { readonly community: Bytes; readonly subject: Bytes }): Promise<boolean> {
    const name = `${hex(vouch.signature)} ${hex(vouch.voucher)} ${vouch.month} ${vouch.topic} ${hex(about.subject)}`
    const known = this.#known.get(name)
    if (known !== undefined) return known
    if (++this.#looked % atOnce === 0) await setImmediate()
    const genuine = isGenuine(vouch, about)
    if (this.#known.size >= mostRemembered) this.#known.clear()
    this.#known.set(name, genuine)
    return genuine
  }
}

/**
 * Counts who vouches for the authors of offers, by how near they are. Whom this
 * person cannot place is not counted at all, and not even verified: who floods
 * the boards with vouches by nobody costs nothing.
 */
export async function countVouches(offers: readonly VouchedOffer[], place: CountingPlace): Promise<VouchCount[]> {
  const { known, own, signatures, community } = place
  const claims = offers.filter(({ subject }) => !own.has(hex(subject))).flatMap((offer) => claimsOf(offer, place.now))
  const genuine = async (from: (voucher: string) => boolean): Promise<Claim[]> => {
    const found: Claim[] = []
    for (const claim of claims) {
      const about = { community, subject: claim.offer.subject }
      if (from(claim.voucher) && (await signatures.isGenuine(claim.vouch, about))) found.push(claim)
    }
    return found
  }
  const first = await genuine((voucher) => known.has(voucher) || own.has(voucher))
  const vouchedFor = new Set(first.filter(({ voucher }) => known.has(voucher)).map(({ offer }) => hex(offer.subject)))
  const isNear = (voucher: string): boolean => vouchedFor.has(voucher) && !known.has(voucher) && !own.has(voucher)
  const second = await genuine(isNear)

  const counts = new Map<string, VouchCount>()
  for (const { offer, vouch, voucher } of [...first, ...second]) {
    if (!offer.topics.includes(vouch.topic)) continue
    const name = `${offer.id} ${vouch.topic}`
    const count = counts.get(name) ?? { offerId: offer.id, topic: vouch.topic, mine: false, known: 0, near: 0 }
    counts.set(name, {
      ...count,
      mine: count.mine || own.has(voucher),
      known: count.known + (known.has(voucher) && !own.has(voucher) ? 1 : 0),
      near: count.near + (isNear(voucher) ? 1 : 0),
    })
  }
  return [...counts.values()]
}

/** What can be read and is current; of the same voucher for the same topic one. */
function claimsOf(offer: VouchedOffer, now: number): Claim[] {
  const seen = new Set<string>()
  return offer.vouches.slice(0, maxVouches).flatMap((encoded) => {
    const vouch = readable(encoded)
    if (vouch === undefined || !isCurrent(vouch, now)) return []
    const voucher = hex(vouch.voucher)
    const name = `${voucher} ${vouch.topic}`
    if (seen.has(name)) return []
    seen.add(name)
    return [{ offer, vouch, voucher }]
  })
}

function readable(encoded: Uint8Array): Vouch | undefined {
  try {
    return decodeVouch(encoded)
  } catch (error) {
    if (isFault(error, 'too-large', 'malformed', 'unknown-version')) return undefined
    throw error
  }
}
