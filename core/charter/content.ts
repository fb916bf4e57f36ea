import { z } from 'zod'
import { limits } from '../api/limits.ts'
import { topicLanguages } from '../api/topic-languages.ts'
import { ownTopicId, topicId } from '../api/views.ts'
import { equal, hex, type Bytes } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { Fault } from '../base/fault.ts'
import { maxBody } from '../commons/document.ts'
import { publicKeyLength } from '../crypto/sign.ts'
import type { OwnTopic } from '../topics/own.ts'

/** Whom the community asks to look after it. */
export interface Guardian {
  /** As the founder wrote it: harmless only through core/base/harmless.ts. */
  readonly name: string
  /** Ed25519, 32 bytes: signs notices and articles. */
  readonly signKey: Bytes
  /** X25519, 32 bytes: what is sealed to it (core/crypto/seal.ts) only this guardian reads. */
  readonly boxKey: Bytes
}

/** Who may publish in the library. */
export interface Editor {
  readonly name: string
  /** The key of a persona: Ed25519, 32 bytes. */
  readonly personaKey: Bytes
}

/** What the founder says of the community. */
export interface Charter {
  readonly guardians: readonly Guardian[]
  readonly editors: readonly Editor[]
  readonly topics: readonly OwnTopic[]
}

export const emptyCharter: Charter = { guardians: [], editors: [], topics: [] }

const bounds = limits.charter
const key = z.instanceof(Uint8Array<ArrayBuffer>).refine((value) => value.length === publicKeyLength)
const text = (max: number) => z.string().min(1).max(max)
const called = z.strictObject({
  n: text(bounds.topicName),
  a: z.array(text(bounds.topicName)).max(bounds.topicWords),
})

/** The map on the wire. PROTOCOL.md section "Charter". */
const wire = z.strictObject({
  v: z.int(),
  g: z.array(z.strictObject({ n: text(bounds.name), s: key, b: key })).max(bounds.guardians),
  e: z.array(z.strictObject({ n: text(bounds.name), p: key })).max(bounds.editors),
  t: z
    .array(
      z.strictObject({
        i: ownTopicId,
        w: z.partialRecord(z.enum(topicLanguages), called).refine((words) => Object.keys(words).length > 0),
        b: z.array(topicId).max(bounds.neighbours),
      }),
    )
    .max(bounds.topics),
})
const anyVersion = z.looseObject({ v: z.int() })
const version = 1

/** @throws Fault `too-large`, `bad-input` where it could not be read again */
export function encodeCharter({ guardians, editors, topics }: Charter): Bytes {
  const encoded = encodeCbor({
    v: version,
    g: guardians.map(({ name, signKey, boxKey }) => ({ n: name, s: signKey, b: boxKey })),
    e: editors.map(({ name, personaKey }) => ({ n: name, p: personaKey })),
    t: topics.map(({ id, words, near }) => ({
      i: id,
      w: Object.fromEntries(
        Object.entries(words).map(([language, { name, also }]) => [language, { n: name, a: also }]),
      ),
      b: near,
    })),
  })
  if (encoded.length > maxBody) throw new Fault('too-large', 'The charter is too long')
  try {
    decodeCharter(encoded)
  } catch (cause) {
    throw new Fault('bad-input', 'This cannot be put into a charter', { cause })
  }
  return encoded
}

/** @throws Fault `too-large`, `malformed`, `unknown-version` */
export function decodeCharter(encoded: Uint8Array): Charter {
  if (decodeCbor(encoded, anyVersion, maxBody).v !== version) {
    throw new Fault('unknown-version', 'A charter of another version')
  }
  const { g, e, t } = decodeCbor(encoded, wire, maxBody)
  const keys = [...g.flatMap(({ s, b }) => [s, b]), ...e.map(({ p }) => p)].map(hex)
  const ids = t.map(({ i }) => i)
  if (new Set(keys).size !== keys.length || new Set(ids).size !== ids.length) {
    throw new Fault('malformed', 'A charter that names a key or a topic twice')
  }
  return {
    guardians: g.map(({ n, s, b }) => ({ name: n, signKey: s, boxKey: b })),
    editors: e.map(({ n, p }) => ({ name: n, personaKey: p })),
    topics: t.map(({ i, w, b }) => ({
      id: i,
      words: Object.fromEntries(
        topicLanguages.flatMap((language) => {
          const words = w[language]
          return words === undefined ? [] : [[language, { name: words.n, also: words.a }] as const]
        }),
      ),
      near: b,
    })),
  }
}

/** Who signed something, by their name in the charter; undefined where that is nobody in it. */
export function signerIn(
  { guardians, editors }: Charter,
  signer: Uint8Array,
): { name: string; guardian: boolean } | undefined {
  const guardian = guardians.find(({ signKey }) => equal(signKey, signer))
  if (guardian !== undefined) return { name: guardian.name, guardian: true }
  const editor = editors.find(({ personaKey }) => equal(personaKey, signer))
  return editor === undefined ? undefined : { name: editor.name, guardian: false }
}
