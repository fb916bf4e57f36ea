import { concat, copy, fromHex, u16, u64, u8, utf8, type Bytes } from '../../../core/base/bytes.ts'
import { acceptBox, acceptTombstone, type AcceptanceOptions, type Verdict } from '../../../core/boxes/acceptance.ts'
import { decodeBox, openBody, type Box } from '../../../core/boxes/box.ts'
import { capability } from '../../../core/boxes/capability.ts'
import { decodeAnswer, decodeRequest, encodeAnswer, encodeRequest } from '../../../core/boxes/messages.ts'
import { Rate } from '../../../core/boxes/rate.ts'
import { proveRecord } from '../../../core/boxes/record.ts'
import { authorDigest, BoxStore } from '../../../core/boxes/store.ts'
import { decodeTombstone, encodeTombstone } from '../../../core/boxes/tombstone.ts'
import { sign, signingKey } from '../../../core/crypto/sign.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import vectors from '../../vectors/box.json' with { type: 'json' }
import { fromVectors, type Outcome, type Target } from '../target.ts'

const own = capability(fromHex(vectors.capability.material))
const author = signingKey(fromHex(vectors.author.seed))
const digest = authorDigest(author.publicKey)
const boxes = vectors.boxes.map(({ bytes }): Bytes => copy(Buffer.from(bytes, 'base64')))
const tombstone = fromHex(vectors.tombstone.bytes)
const { hello, fetch, get, delete: bury, done, refused, digests, record } = vectors.frames
const [small = tombstone] = boxes

/** The hour that the vectors are meant for. */
const clock = new ManualClock(494_000 * 3_600_000)

/** What a node says that holds the first box: a new one for each input, so that none depends on those before it. */
function atNode(say: (node: AcceptanceOptions) => Verdict): Outcome {
  const store = BoxStore.open(':memory:', 20_000)
  try {
    const rate = new Rate(clock, { burst: 2, perSecond: 1 })
    const node = { store, clock, workBits: () => 0, isResponsible: () => true, rate }
    acceptBox(small, node)
    return say(node).type === 'done' ? 'accepted' : 'refused'
  } finally {
    store.close()
  }
}

/** Signed anew by its author and its place's writer: only what lies under the signatures is wrong. */
function signBox(input: Bytes): Bytes {
  if (input.length < 128) return input
  const unsigned = input.subarray(0, -128)
  const once = concat(unsigned, sign(unsigned, author))
  return concat(once, sign(once, own.write))
}

function signTombstone(input: Bytes): Bytes {
  if (input.length < 64) return input
  const unsigned = input.subarray(0, -64)
  return concat(unsigned, sign(concat(utf8('staffetta/delete/1'), unsigned), author))
}

function mendRecord(input: Bytes): Bytes {
  return input.length < 1000 ? signTombstone(input) : signBox(input)
}

/** The fields that a box is read into, put together again. */
function joined(box: Box): Bytes {
  const { sizeClass, writePublic, readPublic, sequence, expiryHours, workNonce, body } = box
  const hours = concat(u16(expiryHours >>> 16), u16(expiryHours & 0xffff))
  const head = concat(u8(1), u8(sizeClass), writePublic, readPublic, box.author, u64(sequence), hours, u64(workNonce))
  return concat(head, body, box.authorSignature, box.writeSignature)
}

/** Boxes and what goes to and fro about them. */
export const boxTargets: readonly Target[] = [
  {
    name: 'box',
    covers: ['core/boxes/box.ts decodeBox'],
    corpus: boxes,
    faults: ['malformed', 'unknown-version'],
    again: (input) => joined(decodeBox(input)),
  },
  {
    name: 'body of a box',
    covers: ['core/boxes/box.ts openBody'],
    corpus: boxes,
    faults: ['malformed', 'unknown-version'],
    again: (input) => (openBody(decodeBox(input), own.bodyKey) === undefined ? 'refused' : 'accepted'),
  },
  {
    name: 'tombstone',
    covers: ['core/boxes/tombstone.ts decodeTombstone'],
    corpus: [tombstone, encodeTombstone({ place: own.place, author, sequence: 2n ** 64n - 1n })],
    faults: ['malformed', 'unknown-version'],
    again(input) {
      const { place, author, sequence, signature } = decodeTombstone(input)
      return concat(u8(1), u8(2), place, author, u64(sequence), signature)
    },
  },
  {
    name: 'record from a node',
    covers: ['core/boxes/record.ts proveRecord'],
    corpus: [...boxes, tombstone],
    faults: [],
    mend: mendRecord,
    again: (input) => (proveRecord(input, { capability: own, digest, clock }) === undefined ? 'refused' : 'accepted'),
  },
  {
    name: 'box at a node',
    covers: ['core/boxes/acceptance.ts acceptBox'],
    corpus: boxes,
    faults: [],
    mend: signBox,
    again: (input) => atNode((node) => acceptBox(input, node)),
  },
  {
    name: 'tombstone at a node',
    covers: ['core/boxes/acceptance.ts acceptTombstone'],
    corpus: [encodeTombstone({ place: own.place, author, sequence: 2n ** 64n - 1n })],
    faults: [],
    mend: signTombstone,
    again: (input) => atNode((node) => acceptTombstone(input, node)),
  },
  {
    name: 'request',
    covers: ['core/boxes/messages.ts decodeRequest'],
    corpus: [
      ...fromVectors(fetch, get, bury),
      ...boxes.map((box) => encodeRequest({ type: 'store', box })),
      manyPlaces(),
      manyRead(),
      manyNames(),
      manyHeld(),
    ],
    faults: ['malformed', 'unknown-version'],
    again: (input) => encodeRequest(decodeRequest(input)),
  },
  {
    name: 'answer',
    covers: ['core/boxes/messages.ts decodeAnswer'],
    corpus: [
      ...fromVectors(hello, done, refused, digests, record),
      encodeAnswer({ type: 'record', record: small }),
      encodeAnswer({ type: 'record', record: tombstone }),
      manyDigests(),
      encodeAnswer({ type: 'lacks', lacks: [true, false, true] }),
    ],
    faults: ['malformed', 'unknown-version'],
    again: (input) => encodeAnswer(decodeAnswer(input)),
  },
]

function manyPlaces(): Bytes {
  const places = Array.from({ length: 64 }, () => ({ place: own.place, signature: new Uint8Array(64) }))
  return encodeRequest({ type: 'fetch', places })
}

function manyRead(): Bytes {
  const places = Array.from({ length: 64 }, () => ({ place: own.place, signature: new Uint8Array(64) }))
  return encodeRequest({ type: 'read', along: 8, places })
}

function manyNames(): Bytes {
  return encodeRequest({ type: 'get', names: Array.from({ length: 32 }, () => ({ place: own.place, digest })) })
}

function manyHeld(): Bytes {
  const held = Array.from({ length: 64 }, (_, index) => ({ place: own.place, digest, sequence: BigInt(index) }))
  return encodeRequest({ type: 'have', held })
}

function manyDigests(): Bytes {
  const listed = Array.from({ length: 5 }, (_, sequence) => ({
    digest,
    sequence: BigInt(sequence),
    kind: 'box' as const,
  }))
  const places = Array.from({ length: 20 }, (_, index) => ({ index: index * 3, listed }))
  return encodeAnswer({ type: 'digests', more: true, places })
}
