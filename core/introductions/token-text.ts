import { limits } from '../api/limits.ts'
import { base32, fromBase32 } from '../base/base32.ts'
import { concat, equal, u8, utf8, type Bytes } from '../base/bytes.ts'
import { Fault, isFault } from '../base/fault.ts'
import { sha256 } from '../crypto/derive.ts'

export const tokenLength = 16
const version = 1
const checkLength = 3
/** Of the text without anything in between. */
const characters = 32
const group = 4

/** An invite token as people hand it on: eight groups of four. PROTOCOL.md section "Invite tokens". */
export function encodeToken(token: Uint8Array): string {
  const body = concat(u8(version), token)
  const text = base32(concat(body, checkOf(body)))
  return (text.match(new RegExp(`.{${group}}`, 'g')) ?? []).join('-')
}

/**
 * Reads a token off what a person pasted or typed; spaces, dashes, line breaks
 * and capitals do no harm.
 *
 * @throws Fault `invite-mangled`, `invite-unknown-version`
 */
export function decodeToken(text: string): Bytes {
  // with what people put between
  if (text.length > limits.tokenText) throw mangled()
  const plain = text.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase()
  if (plain.length !== characters) throw mangled()
  const bytes = read(plain)
  const body = bytes.slice(0, 1 + tokenLength)
  if (!equal(bytes.slice(1 + tokenLength), checkOf(body))) throw mangled()
  if (body[0] !== version) throw new Fault('invite-unknown-version', 'The token was made by a newer version')
  return body.slice(1)
}

function read(plain: string): Bytes {
  try {
    return fromBase32(plain)
  } catch (error) {
    if (isFault(error, 'malformed')) throw mangled()
    throw error
  }
}

/** Finds slips of the pen. */
function checkOf(body: Uint8Array): Bytes {
  return sha256(utf8('staffetta/introduction/token/check/1'), body).slice(0, checkLength)
}

function mangled(): Fault {
  return new Fault('invite-mangled', 'This is not a whole invite token')
}
