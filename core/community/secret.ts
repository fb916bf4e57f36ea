import { concat, u16, u8, utf8, type Bytes } from '../base/bytes.ts'
import { hkdf, sha256 } from '../crypto/derive.ts'
import { epochOf } from './epoch.ts'

export const secretLength = 32

/** No box outlives this, wherever it lies: nodes refuse an expiry further ahead. */
const longestBoxLife = 15 * 86_400_000

const topicSalt = sha256(utf8('staffetta/topic/1'))
/** The byte that stands for a kind on the wire. */
const kindByte = { offer: 0, request: 1 } as const

/**
 * One step of the community's ratchet: CS_{e+1} = HKDF(CS_e, "staffetta/cs/1").
 * Nobody can go back. PROTOCOL.md section "Community secret".
 */
export function nextSecret(secret: Uint8Array): Bytes {
  return hkdf(secret, 'staffetta/cs/1', secretLength)
}

/** `steps` steps of the ratchet; none give a copy. */
export function secretAfter(secret: Uint8Array, steps: number): Bytes {
  let at: Bytes = new Uint8Array(secret)
  for (let step = 0; step < steps; step++) at = nextSecret(at)
  return at
}

/**
 * What a topic's board is derived from, for one epoch:
 * HKDF(CS_e, salt SHA256("staffetta/topic/1"), info u8(kind) ‖ u16(length) ‖ topic id), 32 bytes.
 *
 * @param secret the community's secret of that epoch, 32 bytes
 */
export function topicSecret(secret: Uint8Array, kind: 'offer' | 'request', topicId: string): Bytes {
  const topic = utf8(topicId)
  return hkdf(secret, concat(u8(kindByte[kind]), u16(topic.length), topic), secretLength, topicSalt)
}

/**
 * The oldest epoch whose boxes may still lie somewhere: its last ones were
 * stored at its end and live 15 days. Secrets of earlier epochs open nothing
 * that exists, and would only help whoever takes the device.
 */
export function oldestLivingEpoch(nowMs: number): number {
  return epochOf(nowMs - longestBoxLife)
}
