import { writeFileSync } from 'node:fs'
import { frames, keyOf, makeBox, makeTombstone, placeOf, sha256, text, type BoxWish } from './second.ts'

/*
 * Writes refusals.json by the second implementation, which imports nothing of core:
 * `node tests/vectors/make-refusals.ts`. PROTOCOL.md sections "STORE", "DELETE" and "Refusals".
 */
const bytesFor = (label: string): Buffer => sha256(text(`staffetta test vector: refusals, ${label}`))

const codes = {
  'bad-length': 1,
  'unknown-version': 2,
  expired: 3,
  'too-far-ahead': 4,
  'work-too-low': 5,
  'not-responsible': 6,
  quota: 7,
  'bad-signature': 8,
  stale: 9,
  busy: 10,
  malformed: 11,
} as const

const nowHours = 494_000
const bits = 8
const place = placeOf(Buffer.concat([bytesFor('write seed'), bytesFor('read seed'), bytesFor('body key')]))
const author = keyOf(bytesFor('author seed'))
const usual: BoxWish = {
  place,
  author,
  content: text('a box that a node takes'),
  sequence: 7n,
  expiryHours: nowHours + 100,
  workBits: bits,
  sealNonce: bytesFor('seal nonce').subarray(0, 24),
}

const box = (wish: Partial<BoxWish> = {}): Buffer => makeBox({ ...usual, ...wish }).bytes
const store = (wish: Partial<BoxWish> = {}): Buffer => frames.store(box(wish))
const bury = (sequence: bigint): Buffer => frames.delete(makeTombstone(place.place, author, sequence))
const flipped = (frame: Buffer, at: number): Buffer => {
  const out = Buffer.from(frame)
  out[at < 0 ? out.length + at : at] = (frame.at(at) ?? 0) ^ 1
  return out
}

/** From these all others are told apart by what differs. */
const bases = { store: store(), delete: bury(7n) }

/** A frame as it differs from one of the bases: a whole box is long, and what is wrong about it is short. */
function described(frame: Buffer): unknown {
  const near = Object.entries(bases).find(
    ([, base]) => frame.length > 100 && Math.abs(frame.length - base.length) < 100,
  )
  if (near === undefined) return { bytes: frame.toString('hex') }
  const [of, base] = near
  const patches: { offset: number; bytes: string }[] = []
  for (let from = 0; from < frame.length;) {
    let to = from
    while (to < frame.length && frame[to] !== (base[to] ?? 0)) to++
    if (to > from) patches.push({ offset: from, bytes: frame.subarray(from, to).toString('hex') })
    from = Math.max(to, from + 1)
  }
  return { of, length: frame.length, patches }
}

interface Node {
  /** Price of work. */
  readonly bits: number
  /** Whether the place is near. */
  readonly near: boolean
  /** What the node may keep, 400 for each record included. */
  readonly bytes: number
  /** How many boxes it may store at once, one more each second. */
  readonly atOnce: number
}

const easy: Node = { bits, near: true, bytes: 100_000, atOnce: 50 }

interface Case {
  readonly reason: keyof typeof codes | 'done'
  readonly name: string
  readonly frame: Buffer
  readonly detail?: number
  /** Asked before, each answered with done. */
  readonly before?: readonly Buffer[]
  readonly node?: Partial<Node>
}

const lazy = { workBits: 0, mostBits: bits - 1 }
const otherPlace = placeOf(Buffer.concat([bytesFor('w'), bytesFor('r'), bytesFor('b')]))

const cases: readonly Case[] = [
  { reason: 'done', name: 'a box with nothing wrong about it', frame: bases.store },
  { reason: 'done', name: 'the very same box again', frame: bases.store, before: [bases.store] },
  { reason: 'done', name: 'a higher sequence', frame: store({ sequence: 8n }), before: [bases.store] },
  { reason: 'done', name: 'an expiry as far ahead as may be', frame: store({ expiryHours: nowHours + 360 }) },
  { reason: 'done', name: 'an expiry as near as may be', frame: store({ expiryHours: nowHours + 1 }) },
  { reason: 'done', name: 'a tombstone for nothing', frame: bases.delete },
  {
    reason: 'done',
    name: 'a box after its tombstone, with a higher sequence',
    frame: store({ sequence: 8n }),
    before: [bases.store, bases.delete],
  },

  { reason: 'bad-length', name: 'a box that is cut short', frame: bases.store.subarray(0, -1) },
  { reason: 'bad-length', name: 'a box with a byte after it', frame: Buffer.concat([bases.store, Buffer.of(0)]) },
  { reason: 'bad-length', name: 'a STORE of nothing', frame: frames.store(Buffer.alloc(0)) },
  { reason: 'bad-length', name: 'a box that says it is of the other size class', frame: store({ sizeClass: 1 }) },
  { reason: 'bad-length', name: 'a tombstone that is cut short', frame: bases.delete.subarray(0, -1) },
  { reason: 'bad-length', name: 'a tombstone whose second byte is not 2', frame: flipped(bases.delete, 3) },
  {
    reason: 'bad-length',
    name: 'a box cut short, of another version: the length comes first',
    frame: store({ version: 2 }).subarray(0, -1),
  },

  {
    reason: 'unknown-version',
    name: 'a frame of version 2',
    frame: Buffer.concat([Buffer.of(2), bases.store.subarray(1)]),
  },
  { reason: 'unknown-version', name: 'a frame of version 0 and nothing else', frame: Buffer.of(0) },
  { reason: 'unknown-version', name: 'a box of version 2', frame: store({ version: 2 }) },
  { reason: 'unknown-version', name: 'a tombstone of version 0', frame: flipped(bases.delete, 2) },
  {
    reason: 'unknown-version',
    name: 'a box of version 2 and of no size class: the version comes first',
    frame: store({ version: 2, sizeClass: 9 }),
  },

  { reason: 'expired', name: 'an expiry in this hour', frame: store({ expiryHours: nowHours }) },
  {
    reason: 'expired',
    name: 'an expiry of 0, without work: the expiry comes first',
    frame: store({ ...lazy, expiryHours: 0 }),
  },

  { reason: 'too-far-ahead', name: 'an hour more than may be', frame: store({ expiryHours: nowHours + 361 }) },
  { reason: 'too-far-ahead', name: 'the end of time', frame: store({ expiryHours: 2 ** 32 - 1 }) },

  {
    reason: 'work-too-low',
    name: 'a bit less than is asked for',
    detail: bits,
    frame: store({ workBits: bits - 1, mostBits: bits - 1 }),
  },
  { reason: 'work-too-low', name: 'the price of another node', detail: 27, frame: bases.store, node: { bits: 27 } },
  {
    reason: 'work-too-low',
    name: 'too little, and a place that is not near: the work comes first',
    detail: bits,
    frame: store(lazy),
    node: { near: false },
  },

  { reason: 'not-responsible', name: 'a place that is not near', frame: bases.store, node: { near: false } },
  {
    reason: 'not-responsible',
    name: 'not near, at a node that is busy: nearness comes first',
    frame: bases.store,
    node: { near: false, atOnce: 0 },
  },

  {
    reason: 'busy',
    name: 'a second box in the same second',
    detail: 1,
    frame: store({ sequence: 8n }),
    before: [bases.store],
    node: { atOnce: 1 },
  },
  {
    reason: 'busy',
    name: 'busy, and without room: the pace comes first',
    detail: 1,
    frame: store({ place: otherPlace }),
    before: [bases.store],
    node: { atOnce: 1, bytes: 5_000 },
  },

  {
    reason: 'quota',
    name: 'a second box where there is room for one',
    frame: store({ place: otherPlace }),
    before: [bases.store],
    node: { bytes: 4_342 + 400 + 4_741 },
  },
  {
    reason: 'done',
    name: 'a second box where there is just room for two',
    frame: store({ place: otherPlace }),
    before: [bases.store],
    node: { bytes: 2 * (4_342 + 400) },
  },
  {
    reason: 'quota',
    name: 'no room, and a forged signature: the room comes first',
    frame: flipped(bases.store, -1),
    node: { bytes: 4_741 },
  },

  { reason: 'bad-signature', name: "another author's signature", frame: flipped(bases.store, -128) },
  { reason: 'bad-signature', name: "another writer's signature", frame: flipped(bases.store, -1) },
  {
    reason: 'bad-signature',
    name: 'signed by a writer of another place',
    frame: store({ place: { ...place, write: { ...otherPlace.write, pub: place.write.pub } } }),
  },
  { reason: 'bad-signature', name: 'a tombstone of somebody else', frame: flipped(bases.delete, -1) },
  {
    reason: 'bad-signature',
    name: 'forged, with a sequence that is too low: the signatures come first',
    frame: flipped(store({ sequence: 6n }), -1),
    before: [bases.store],
  },

  { reason: 'stale', name: 'a lower sequence', frame: store({ sequence: 6n }), before: [bases.store] },
  {
    reason: 'stale',
    name: 'other bytes of the same sequence',
    frame: store({ expiryHours: nowHours + 50 }),
    before: [bases.store],
  },
  {
    reason: 'stale',
    name: 'a box that its tombstone deletes',
    frame: bases.store,
    before: [bases.store, bases.delete],
  },
  {
    reason: 'stale',
    name: 'a tombstone with a sequence below that of the box',
    frame: bury(6n),
    before: [bases.store],
  },

  { reason: 'malformed', name: 'a frame without a type', frame: Buffer.of(1) },
  { reason: 'malformed', name: 'a type that is none', frame: Buffer.of(1, 0x7f) },
  { reason: 'malformed', name: "an answer's type", frame: frames.done },
  { reason: 'malformed', name: 'a FETCH of no places', frame: Buffer.of(1, 0x11, 0) },
  {
    reason: 'malformed',
    name: 'a FETCH that is cut short',
    frame: frames.fetch({ place: place.place, proof: Buffer.alloc(63) }),
  },
  {
    reason: 'malformed',
    name: 'a FETCH of 65 places',
    frame: frames.fetch(...Array.from({ length: 65 }, () => ({ place: place.place, proof: Buffer.alloc(64) }))),
  },
  { reason: 'malformed', name: 'a GET of no records', frame: Buffer.of(1, 0x12, 0) },
  {
    reason: 'malformed',
    name: 'a GET of 33 records',
    frame: frames.get(...Array.from({ length: 33 }, () => ({ place: place.place, author: author.pub }))),
  },
  {
    reason: 'malformed',
    name: 'a GET with a byte after it',
    frame: Buffer.concat([frames.get({ place: place.place, author: author.pub }), Buffer.of(0)]),
  },
]

export function refusalVectors(): unknown {
  return {
    section: 'Refusals',
    nowHours,
    bases: Object.fromEntries(Object.entries(bases).map(([name, frame]) => [name, frame.toString('hex')])),
    cases: cases.map(({ reason, name, frame, detail = 0, before = [], node = {} }) => ({
      reason,
      name,
      node: { ...easy, ...node },
      before: before.map(described),
      frame: described(frame),
      answer: (reason === 'done' ? frames.done : frames.refused(codes[reason], detail)).toString('hex'),
    })),
    /** Refusals that a member does not understand. */
    noRefusals: [
      ...[0, 12, 255].map((code) => frames.refused(code, 0)),
      frames.refused(5, 20).subarray(0, 3),
      Buffer.concat([frames.refused(5, 20), Buffer.of(0)]),
    ].map((frame) => frame.toString('hex')),
  }
}

if (import.meta.main) {
  writeFileSync(new URL('refusals.json', import.meta.url), `${JSON.stringify(refusalVectors(), null, 2)}\n`)
}
