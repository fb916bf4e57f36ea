import { text } from './second.ts'

/*
 * The CBOR of PROTOCOL.md section "Conventions" and the refusals of section "Order of refusal", written from that
 * document: nothing of core is imported, nor the library that core uses.
 */

/** `bigint`, and what is negative: to be refused. */
export type Cbor = number | bigint | string | boolean | null | Uint8Array | readonly Cbor[] | CborMap
export interface CborMap {
  readonly [key: string]: Cbor
}

/** What a reader answers. */
export class Refused extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

/** The shortest head of an item (RFC 8949 section 3). */
function head(major: number, argument: number | bigint): Buffer {
  if (argument < 24) return Buffer.of((major << 5) | Number(argument))
  const width = [1, 2, 4, 8].find((bytes) => BigInt(argument) < 1n << BigInt(8 * bytes)) ?? 8
  const out = Buffer.alloc(1 + width)
  out[0] = (major << 5) | (24 + Math.log2(width))
  if (width === 8) out.writeBigUInt64BE(BigInt(argument), 1)
  else out.writeUIntBE(Number(argument), 1, width)
  return out
}

/** Deterministic (RFC 8949 section 4.2.1): keys in the order of their encoded bytes. */
export function cbor(value: Cbor): Buffer {
  if (value === null) return Buffer.of(0xf6)
  if (typeof value === 'boolean') return Buffer.of(value ? 0xf5 : 0xf4)
  if (typeof value === 'bigint') return head(0, value)
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, text(value).length), text(value)])
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value])
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...(value as readonly Cbor[]).map(cbor)])
  const entries = Object.entries(value as CborMap).map(([key, each]) => [cbor(key), cbor(each)] as const)
  entries.sort(([one], [other]) => Buffer.compare(one, other))
  return Buffer.concat([head(5, entries.length), ...entries.flat()])
}

/** @throws Refused `too-large`, `malformed` */
export function readCbor(bytes: Buffer, most: number): Cbor {
  if (bytes.length > most) throw new Refused('too-large')
  let at = 0
  const take = (length: number): Buffer => {
    if (length > bytes.length - at) throw new Refused('malformed')
    at += length
    return bytes.subarray(at - length, at)
  }
  const item = (level: number): Cbor => {
    const [first = 0] = take(1)
    const [major, info] = [first >> 5, first & 31]
    if (major === 7) {
      const value = new Map<number, Cbor>([
        [20, false],
        [21, true],
        [22, null],
      ]).get(info)
      if (value === undefined) throw new Refused('malformed')
      return value
    }
    if (info > 27) throw new Refused('malformed')
    const argument = info < 24 ? BigInt(info) : BigInt(`0x${take(1 << (info - 24)).toString('hex')}`)
    if (argument > 2n ** 53n - 1n) throw new Refused('malformed')
    const count = Number(argument)
    if (major === 0) return count
    if (major === 2) return take(count)
    if (major === 3) return utf8(take(count))
    const isMap = major === 5
    if ((!isMap && major !== 4) || level >= 8 || (isMap && count > 64)) throw new Refused('malformed')
    if (!isMap) {
      const list: Cbor[] = []
      for (let nth = 0; nth < count; nth++) list.push(item(level + 1))
      return list
    }
    const map = Object.create(null) as Record<string, Cbor>
    for (let nth = 0; nth < count; nth++) {
      const key = item(level + 1)
      if (typeof key !== 'string') throw new Refused('malformed')
      map[key] = item(level + 1)
    }
    return map
  }
  const value = item(0)
  if (at !== bytes.length || !cbor(value).equals(bytes)) throw new Refused('malformed')
  return value
}

function utf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Refused('malformed')
  }
}

/** What a field has to be. */
export type Check = (value: Cbor) => boolean

export const integer =
  (least: number, most = 2 ** 53 - 1): Check =>
  (value) =>
    typeof value === 'number' && value >= least && value <= most
export const bytes =
  (least: number, most = least): Check =>
  (value) =>
    value instanceof Uint8Array && value.length >= least && value.length <= most
export const matches =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value)
export const list =
  (most: number, of: Check): Check =>
  (value) =>
    Array.isArray(value) && value.length <= most && (value as readonly Cbor[]).every(of)
export const truth: Check = (value) => typeof value === 'boolean'

/**
 * A map of version 1 with exactly these fields; those in `optional` may be left out.
 *
 * @throws Refused in the order that the document says
 */
export function readMap(
  encoded: Buffer,
  most: number,
  fieldsOf: (map: CborMap) => Readonly<Record<string, Check>> | undefined,
  optional: readonly string[] = [],
): CborMap {
  const value = readCbor(encoded, most)
  if (value === null || typeof value !== 'object' || Array.isArray(value) || value instanceof Uint8Array) {
    throw new Refused('malformed')
  }
  const map = value as CborMap
  if (typeof map['v'] !== 'number') throw new Refused('malformed')
  if (map['v'] !== 1) throw new Refused('unknown-version')
  const fields = fieldsOf(map)
  if (fields === undefined) throw new Refused('malformed')
  const known = Object.keys(map).every((key) => key === 'v' || Object.hasOwn(fields, key))
  const whole = Object.entries(fields).every(([key, check]) => {
    const field = map[key]
    return field === undefined ? optional.includes(key) : check(field)
  })
  if (!known || !whole) throw new Refused('malformed')
  return map
}

/** The white space of the document, by code points. */
const white = '\\u0009-\\u000d\\u0020\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff'
const atAnEnd = new RegExp(`^[${white}]|[${white}]$`, 'u')

/** Of so many UTF-16 units, with no white space at either end. */
export const words =
  (least: number, most: number): Check =>
  (value) =>
    typeof value === 'string' && value.length >= least && value.length <= most && !atAnEnd.test(value)
/** The same, on one line. */
export const line =
  (least: number, most: number): Check =>
  (value) =>
    words(least, most)(value) && matches(/^[^\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]*$/u)(value)
export const topic = matches(/^[a-z0-9-]{1,40}$/)
