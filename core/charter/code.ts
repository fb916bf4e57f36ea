import { limits } from '../api/limits.ts'
import { base32, fromBase32 } from '../base/base32.ts'
import { concat, equal, u8, utf8, type Bytes } from '../base/bytes.ts'
import { Fault, isFault } from '../base/fault.ts'
import { Reader } from '../base/reader.ts'
import { sha256 } from '../crypto/derive.ts'
import { publicKeyLength } from '../crypto/sign.ts'

/** The public keys that somebody hands to the founder, to be named in the charter. */
export type MemberCode =
  | { readonly kind: 'guardian'; readonly signKey: Bytes; readonly boxKey: Bytes }
  | { readonly kind: 'editor'; readonly personaKey: Bytes }

const version = 1
const kindByte = { guardian: 1, editor: 2 } as const
const checkLength = 8
const label = utf8('staffetta/member-code/1')
const shape = /^staffetta[:/]+(guardian|editor)[:/]+([\p{L}\p{N}]+)$/u
const noise = /[^\p{L}\p{N}:/]+/gu

/**
 * `staffetta:guardian:…` or `staffetta:editor:…`. Its checksum is bound to the
 * community, so that one of another community is refused. PROTOCOL.md section "Member codes".
 *
 * @param networkKey of the community
 */
export function encodeMemberCode(code: MemberCode, networkKey: Uint8Array): string {
  const keys = code.kind === 'guardian' ? [code.signKey, code.boxKey] : [code.personaKey]
  const body = concat(u8(version), u8(kindByte[code.kind]), ...keys)
  return `staffetta:${code.kind}:${base32(concat(body, checkOf(body, networkKey)))}`
}

/**
 * Reads a code off what a person pasted: spaces, line breaks and capitals do no harm.
 *
 * @throws Fault `invite-mangled`, also for a code of another community; `invite-unknown-version`
 */
export function decodeMemberCode(text: string, networkKey: Uint8Array): MemberCode {
  if (text.length > limits.memberCode) throw mangled()
  const [, kind, letters = ''] = shape.exec(text.replace(noise, '').toLowerCase()) ?? []
  try {
    const whole = fromBase32(letters)
    const body = whole.subarray(0, Math.max(0, whole.length - checkLength))
    if (!equal(whole.subarray(body.length), checkOf(body, networkKey))) throw mangled()
    const reader = new Reader(body)
    if (reader.u8() !== version) throw new Fault('invite-unknown-version', 'The code was made by a newer version')
    const code = readKeys(reader)
    reader.end()
    if (code.kind !== kind) throw mangled()
    return code
  } catch (error) {
    if (isFault(error, 'malformed')) throw mangled()
    throw error
  }
}

function readKeys(reader: Reader): MemberCode {
  const kind = reader.u8()
  const key = reader.bytes(publicKeyLength)
  if (kind === kindByte.editor) return { kind: 'editor', personaKey: key }
  if (kind !== kindByte.guardian) throw mangled()
  return { kind: 'guardian', signKey: key, boxKey: reader.bytes(publicKeyLength) }
}

function checkOf(body: Uint8Array, networkKey: Uint8Array): Bytes {
  return sha256(label, networkKey, body).slice(0, checkLength)
}

function mangled(): Fault {
  return new Fault('invite-mangled', 'This is not a whole code of this community')
}
