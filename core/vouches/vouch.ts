import { topicId } from '../api/views.ts'
import { concat, equal, fromUtf8, u16, u8, utf8, type Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { Reader } from '../base/reader.ts'
import { hkdf } from '../crypto/derive.ts'
import { publicKeyLength, sign, signatureLength, verify, type SigningKey } from '../crypto/sign.ts'

/**
 * What somebody signs for somebody else: that they know them to be good at a
 * topic. It does not name whom it is for: whoever checks it has to know, so that
 * it is good for no other persona. PROTOCOL.md section "Vouches".
 */
export interface Vouch {
  /** The persona key of who vouches, 32 bytes. */
  readonly voucher: Bytes
  /** Months since January 1970, UTC: no closer than that. */
  readonly month: number
  readonly topic: string
  readonly signature: Bytes
}

/** For whom, and where. */
export interface VouchAbout {
  /** Of `communityTag`. */
  readonly community: Uint8Array
  /** The persona key of whom it is for, 32 bytes. */
  readonly subject: Uint8Array
}

/** 1 + 32 + 2 + 1 + 40 + 64. */
export const maxVouch = 140

const version = 1
/** A vouch counts in the month when it was signed and in so many that follow. */
export const vouchMonths = 12
/** Clocks differ, and so do months at their ends. */
const ahead = 1

/** What a community is called in what is signed: every member knows it, nobody else. 32 bytes. */
export function communityTag(networkKey: Uint8Array): Bytes {
  return hkdf(networkKey, 'staffetta/vouch/community/1', 32)
}

/** @param ms since 1970 @returns months since January 1970, UTC */
export function monthOf(ms: number): number {
  const date = new Date(ms)
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth()
}

/** When a vouch stops to count, ms since 1970. */
export function vouchEnd(month: number): number {
  return Date.UTC(1970, month + vouchMonths + 1)
}

export function isCurrent({ month }: Pick<Vouch, 'month'>, now: number): boolean {
  return month <= monthOf(now) + ahead && now < vouchEnd(month)
}

/** @throws Fault `bad-input` (a topic that is none, or oneself) */
export function signVouch(
  key: SigningKey,
  { community, subject, topic, now }: VouchAbout & { readonly topic: string; readonly now: number },
): Bytes {
  if (!topicId.safeParse(topic).success || equal(key.publicKey, subject)) {
    throw new Fault('bad-input', 'Nobody can vouch for that')
  }
  const vouch = { voucher: key.publicKey, month: monthOf(now), topic }
  return encodeVouch({ ...vouch, signature: sign(signedBytes(vouch, { community, subject }), key) })
}

export function encodeVouch(vouch: Vouch): Bytes {
  return concat(head(vouch), vouch.signature)
}

/** Verifies nothing but the form. @throws Fault `too-large`, `malformed`, `unknown-version` */
export function decodeVouch(encoded: Uint8Array): Vouch {
  if (encoded.length > maxVouch) throw new Fault('too-large', 'A vouch longer than any')
  const reader = new Reader(encoded)
  if (reader.u8() !== version) throw new Fault('unknown-version', 'A vouch of another version')
  const voucher = reader.bytes(publicKeyLength)
  const month = reader.u16()
  const topic = fromUtf8(reader.bytes(reader.u8()))
  const signature = reader.bytes(signatureLength)
  reader.end()
  if (!topicId.safeParse(topic).success) throw new Fault('malformed', 'A vouch for no topic')
  return { voucher, month, topic, signature }
}

/** Whether who is named signed it, for this persona in this community, and is not that persona. */
export function isGenuine(vouch: Vouch, about: VouchAbout): boolean {
  if (equal(vouch.voucher, about.subject)) return false
  return verify(vouch.signature, signedBytes(vouch, about), vouch.voucher)
}

function head({ voucher, month, topic }: Omit<Vouch, 'signature'>): Bytes {
  const name = utf8(topic)
  return concat(u8(version), voucher, u16(month), u8(name.length), name)
}

/** "staffetta/vouch/1" ‖ community ‖ subject ‖ all but the signature. */
function signedBytes(vouch: Omit<Vouch, 'signature'>, { community, subject }: VouchAbout): Bytes {
  return concat(utf8('staffetta/vouch/1'), community, subject, head(vouch))
}
