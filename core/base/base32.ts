import type { Bytes } from './bytes.ts'
import { Fault } from './fault.ts'

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/**
 * RFC 4648 base 32 without padding, in lower case.
 *
 * For what people copy by hand or through chat apps: no character of it is
 * eaten by Markdown, broken by automatic dashes, or changed by a capital.
 */
export function base32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let count = 0
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff
    count += 8
    while (count >= 5) {
      count -= 5
      text += alphabet.charAt((bits >> count) & 31)
    }
  }
  return count > 0 ? text + alphabet.charAt((bits << (5 - count)) & 31) : text
}

/** @throws Fault `malformed` where `text` is not what `base32` gives for some bytes */
export function fromBase32(text: string): Bytes {
  const out = new Uint8Array(Math.floor((text.length * 5) / 8))
  let bits = 0
  let count = 0
  let at = 0
  for (const character of text) {
    const value = alphabet.indexOf(character)
    if (value < 0) throw new Fault('malformed', 'Not base 32')
    bits = ((bits << 5) | value) & 0xfff
    count += 5
    if (count >= 8) {
      count -= 8
      out[at++] = (bits >> count) & 0xff
    }
  }
  // 5 or more bits left are a character too many, and set ones belong to no byte
  if (count >= 5 || (bits & ((1 << count) - 1)) !== 0) throw new Fault('malformed', 'Not canonical base 32')
  return out
}
