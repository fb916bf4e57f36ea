import { z } from 'zod'
import { limits } from '../../api/limits.ts'
import { languageTag } from '../../api/views.ts'
import { hex, type Bytes } from '../../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../../base/cbor.ts'
import { Fault } from '../../base/fault.ts'
import { maxBody } from '../../commons/document.ts'
import { publicKeyLength } from '../../crypto/sign.ts'

/** A persona that a guardian would rather not have met. */
export interface Blocked {
  readonly key: Bytes
  /** As they were called when they were put on the list; harmless only through core/base/harmless.ts. */
  readonly pseudonym: string
}

/** What a guardian says to everyone: words, a list of personas, or both. */
export interface Notice {
  /** 16 bytes. */
  readonly id: Bytes
  /** Milliseconds since 1970. */
  readonly madeAt: number
  /** From when on it says nothing any more. */
  readonly until: number
  /** Of the words. */
  readonly language: string
  readonly words: string
  readonly blocked: readonly Blocked[]
}

export const noticeIdLength = 16
const most = limits.notices
const day = 86_400_000

const version = 1
const bytes = (length: number) => z.instanceof(Uint8Array<ArrayBuffer>).refine((value) => value.length === length)
const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => value.isWellFormed())
const time = z.int().min(0).max(8_640_000_000_000_000)
const anyVersion = z.looseObject({ v: z.int() })

/** The map on the wire. PROTOCOL.md section "Notices". */
const wire = z.strictObject({
  v: z.int(),
  n: z
    .array(
      z
        .strictObject({
          i: bytes(noticeIdLength),
          t: time,
          u: time,
          l: languageTag,
          x: text(most.words),
          b: z.array(z.strictObject({ k: bytes(publicKeyLength), n: text(limits.pseudonym.max) })).max(most.blocked),
        })
        .refine(({ t, u, x, b }) => u > t && u <= t + most.days * day && (x !== '' || b.length > 0)),
    )
    .max(most.count),
})

/** All notices of one guardian. @throws Fault `too-large`, `bad-input` where it could not be read again */
export function encodeNotices(notices: readonly Notice[]): Bytes {
  const fields = {
    v: version,
    n: notices.map(({ id, madeAt, until, language, words, blocked }) => ({
      i: id,
      t: madeAt,
      u: until,
      l: language,
      x: words,
      b: blocked.map(({ key, pseudonym }) => ({ k: key, n: pseudonym })),
    })),
  }
  if (!wire.safeParse(fields).success) throw new Fault('bad-input', 'This cannot be put into a notice')
  const encoded = encodeCbor(fields)
  if (encoded.length > maxBody) throw new Fault('too-large', 'More notices than fit')
  try {
    decodeNotices(encoded)
  } catch (cause) {
    throw new Fault('bad-input', 'This cannot be put into a notice', { cause })
  }
  return encoded
}

/** @throws Fault `too-large`, `malformed`, `unknown-version` */
export function decodeNotices(encoded: Uint8Array): Notice[] {
  if (decodeCbor(encoded, anyVersion, maxBody).v !== version) {
    throw new Fault('unknown-version', 'Notices of another version')
  }
  const { n } = decodeCbor(encoded, wire, maxBody)
  if (new Set(n.map(({ i }) => hex(i))).size !== n.length) throw new Fault('malformed', 'A notice that is there twice')
  return n.map(({ i, t, u, l, x, b }) => ({
    id: i,
    madeAt: t,
    until: u,
    language: l,
    words: x,
    blocked: b.map(({ k, n: pseudonym }) => ({ key: k, pseudonym })),
  }))
}
