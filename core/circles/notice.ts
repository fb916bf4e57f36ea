import { z } from 'zod'
import { limits } from '../api/limits.ts'
import { concat, u32, type Bytes } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { Fault } from '../base/fault.ts'
import { random } from '../crypto/random.ts'
import { open, openWith, seal, sealOverhead, sealTo, sealToOverhead, type BoxKey } from '../crypto/seal.ts'
import type { SigningKey } from '../crypto/sign.ts'
import { maxChainKey } from '../ratchet/sender-keys.ts'
import { bytesOf } from './roster.ts'
import { contentOf, encodeSigned, requireSigned } from './signed.ts'

const label = 'staffetta/circle/notice/1'
/** What fits a box of the small class. */
export const maxNotice = 4055
/** Of one member in one epoch: then the host has to begin another. Fewer steps than libsignal would go for one message. */
export const maxMessages = 20_000

const count = z.number().int().min(0).max(maxMessages)
const sealedKeyLength = 32 + sealToOverhead

const chainKeys = z.strictObject({
  key: z.instanceof(Uint8Array<ArrayBuffer>).refine((key) => key.length <= maxChainKey + sealOverhead),
  for: z.array(bytesOf(sealedKeyLength)).max(limits.circle.members - 1),
})

const noticeV1 = z.strictObject({
  /** Index in the roster. */
  member: z
    .number()
    .int()
    .min(0)
    .max(limits.circle.members - 1),
  /** Rises with each notice of the member in the epoch: an older one changes nothing. */
  turn: z.number().int().min(1).max(0xffff_ffff),
  /** How many messages the member has stored, without a gap, and the first of them that is still looked after. */
  count,
  first: count,
  /** Of each member, in the order of the roster, how many messages were received without a gap. */
  seen: z.array(count).min(1).max(limits.circle.members),
  roster: bytesOf(32),
  /** Once there are messages: the key of the member's chain, for each of the others. */
  keys: chainKeys.optional(),
})

/** What a member tells the others, on one day of one epoch. */
export type Notice = z.infer<typeof noticeV1>
export type ChainKeys = z.infer<typeof chainKeys>

/** Where a notice belongs: nobody can show it elsewhere. */
export interface NoticePlace {
  readonly circle: Bytes
  readonly epoch: number
  readonly day: number
}

function context({ circle, epoch, day }: NoticePlace): Bytes {
  return concat(circle, u32(epoch), u32(day))
}

/** @throws Fault `too-large`, `bad-input` */
export function encodeNotice(notice: Notice, place: NoticePlace, key: SigningKey): Bytes {
  if (!noticeV1.safeParse(notice).success) throw new Fault('bad-input', 'No such notice')
  const bytes = encodeSigned(label, context(place), encodeCbor(notice), key)
  if (bytes.length > maxNotice) throw new Fault('too-large', 'A notice that no small box holds')
  return bytes
}

/**
 * @param members of the epoch's roster: who may have signed it, and how many there are
 * @throws Fault `unknown-version`, `malformed`, `too-large`, `bad-signature`
 */
export function decodeNotice(
  bytes: Uint8Array,
  place: NoticePlace,
  members: readonly { readonly key: Uint8Array }[],
): Notice {
  if (bytes.length > maxNotice) throw new Fault('too-large', 'A notice that no small box holds')
  const notice = decodeCbor(contentOf(bytes), noticeV1, maxNotice)
  if (notice.first > notice.count) throw new Fault('malformed', 'A notice that looks after what was not said')
  if (notice.count > 0 && notice.keys === undefined) throw new Fault('malformed', 'A notice of messages without a key')
  const signer = members[notice.member]
  if (signer === undefined) throw new Fault('malformed', 'A notice of nobody')
  requireSigned(label, context(place), bytes, signer.key)
  const others = members.length - 1
  const fits = notice.seen.length === members.length && (notice.keys?.for.length ?? others) === others
  if (!fits) throw new Fault('malformed', 'A notice that does not fit its roster')
  return notice
}

/**
 * Seals the key of a chain: it goes once under a key of its own, and that one to
 * each of the others in the order of the roster. So thirty fit one small box.
 *
 * @param boxes X25519 public keys of all but the own one
 */
export function sealChainKey(chainKey: Uint8Array, boxes: readonly Uint8Array[]): ChainKeys {
  const key = random(32)
  return { key: seal(chainKey, key), for: boxes.map((box) => sealTo(key, box)) }
}

/** As they lie in the vault, sealed, to be told again. */
export function encodeChainKeys(keys: ChainKeys): Bytes {
  return encodeCbor(keys)
}

export function decodeChainKeys(bytes: Uint8Array): ChainKeys {
  return decodeCbor(bytes, chainKeys, maxNotice)
}

/** @param nth among all but the sender @throws Fault `unreadable` */
export function openChainKey(keys: ChainKeys, nth: number, box: BoxKey): Bytes {
  const sealed = keys.for[nth]
  if (sealed === undefined) throw new Fault('unreadable', 'A key of a chain that is for others')
  const key = openWith(sealed, box)
  if (key.length !== 32) throw new Fault('unreadable', 'A key of a chain that is not sealed as it should be')
  return open(keys.key, key)
}
