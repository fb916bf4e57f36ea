import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { concat, u8, utf8, type Bytes } from '../../core/base/bytes.ts'
import { encodeCbor } from '../../core/base/cbor.ts'
import { isFault } from '../../core/base/fault.ts'
import { decodeMessage, plaintextLengths } from '../../core/conversations/plaintext.ts'
import { decodePresence } from '../../core/conversations/presence-content.ts'
import { pad } from '../../core/crypto/pad.ts'
import { decodeAnswer, decodeGreeting, decodeLetter, greetingLengths } from '../../core/introductions/content.ts'
import { decodeOffer } from '../../core/offers/content.ts'
import { decodeNotices } from '../../core/safety/notices/content.ts'
import { decodeLetter as decodeReportLetter } from '../../core/safety/reports/letter.ts'
import { decodeEvidence } from '../../core/safety/evidence.ts'

/*
 * What a stranger or a contact may send as CBOR: never more memory or time than
 * its own length is worth, whatever it declares.
 */

interface Entry {
  readonly decode: (bytes: Bytes) => unknown
  /** Where what is sent is padded first. */
  readonly raw?: (bytes: Bytes) => unknown
  /** The longest that is looked at. */
  readonly most: number
}

const longest = plaintextLengths.at(-1) ?? 0
const longestGreeting = greetingLengths.at(-1) ?? 0
/** As a sender has to, or to the longest where nothing is long enough. */
const padded = (bytes: Bytes, lengths: readonly number[], most: number): Bytes =>
  pad(bytes, lengths.find((length) => bytes.length < length) ?? most)
const binding = { author: new Uint8Array(32), epoch: 0 }
const entries: Record<string, Entry> = {
  'the letter of an introduction': { decode: decodeLetter, most: 6_400 },
  'a greeting': {
    decode: (bytes) => decodeGreeting(padded(bytes, greetingLengths, longestGreeting)),
    raw: decodeGreeting,
    most: longestGreeting - 1,
  },
  'an answer': { decode: decodeAnswer, most: 248 },
  'a message': {
    decode: (bytes) => decodeMessage(padded(bytes, plaintextLengths, longest)),
    raw: decodeMessage,
    most: longest - 1,
  },
  'a presence': { decode: decodePresence, most: 4_000 },
  notices: { decode: decodeNotices, most: 48_000 },
  'a letter to a guardian': { decode: decodeReportLetter, most: 256 },
  evidence: { decode: decodeEvidence, most: 98_000 },
  'an offer': { decode: (bytes) => decodeOffer(bytes, binding), most: 4_000 },
}

const bytes = (...values: number[]): Bytes => Uint8Array.from(values)
const repeated = (part: Bytes, length: number): Bytes =>
  concat(...Array.from({ length: Math.floor(length / part.length) }, () => part))
/** A head with an argument of 4 or 8 bytes, all ones but for the sign. */
const huge = (major: number, width: 4 | 8): Bytes =>
  concat(u8((major << 5) | (width === 4 ? 26 : 27)), new Uint8Array(width).fill(0xff))

/** What is sent, for an entry that looks at `most` bytes. */
const attacks: Record<string, (most: number) => readonly Bytes[]> = {
  'declares more than there is, by far': () =>
    [2, 3, 4, 5].flatMap((major) =>
      ([4, 8] as const).flatMap((width) => [
        huge(major, width),
        // as the value of a key that it knows
        concat(bytes(0xa1, 0x61), utf8('v'), huge(major, width)),
        concat(bytes(0xa1, 0x61), utf8('x'), huge(major, width), new Uint8Array(40)),
      ]),
    ),
  'counts as many as there are bytes, inside each other': (most) => [
    repeated(bytes(0x99, 0x00, 0xf0), most),
    repeated(bytes(0xb9, 0x00, 0xf0), most),
  ],
  'is nested as deep as it is long': (most) => [
    repeated(bytes(0x81), most),
    repeated(bytes(0xa1, 0x00), most),
    repeated(bytes(0x82, 0x00), most),
    concat(bytes(0xa1, 0x61), utf8('v'), repeated(bytes(0x81), most - 4), bytes(0)),
  ],
  'is of indefinite length': (most) => [
    bytes(0x9f, 0xff),
    bytes(0xbf, 0xff),
    bytes(0x5f, 0x41, 0x00, 0xff),
    bytes(0x7f, 0x61, 0x61, 0xff),
    concat(bytes(0xbf, 0x61), utf8('v'), bytes(0x01, 0xff)),
    concat(bytes(0xa1, 0x61), utf8('x'), bytes(0x7f), repeated(bytes(0x61, 0x61), most - 6), bytes(0xff)),
    repeated(bytes(0x9f), most),
    repeated(bytes(0xff), most),
  ],
  'has as many keys as fit': (most) => {
    const keys = Array.from({ length: Math.floor((most - 3) / 4) }, (_, index) =>
      concat(bytes(0x19, (index + 256) >> 8, (index + 256) & 255), bytes(0)),
    )
    const words = Object.fromEntries(Array.from({ length: Math.floor(most / 8) }, (_, i) => [`k${i}`, 0]))
    return [
      concat(bytes(0xb9, keys.length >> 8, keys.length & 255), ...keys),
      // the same key again and again
      concat(bytes(0xb9, 0x00, 0x30), ...Array.from({ length: 0x30 }, () => bytes(0x61, 0x76, 0x01))),
      encodeCbor({ v: 1, ...words }),
    ]
  },
  'has as many items as fit': (most) =>
    [0x00, 0x80, 0xa0, 0x40, 0x60].map((item) => {
      const count = most - 3
      return concat(bytes(0x99, count >> 8, count & 255), repeated(bytes(item), count))
    }),
  'uses tags, numbers without end, and simple values': (most) => [
    concat(bytes(0xc2, 0x59, (most - 4) >> 8, (most - 4) & 255), new Uint8Array(most - 4).fill(0xff)),
    repeated(bytes(0xc1), most),
    bytes(0xa1, 0x61, 0x76, 0xfb, 0x7f, 0xf0, 0, 0, 0, 0, 0, 0),
    bytes(0xa1, 0x61, 0x76, 0xf7),
    bytes(0xa1, 0x61, 0x76, 0xf8, 0x20),
    bytes(0xa1, 0x61, 0x76, 0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
  ],
  'names what objects have of themselves': () => [
    encodeCbor(JSON.parse('{"v":1,"__proto__":{"v":1}}')),
    encodeCbor({ v: 1, constructor: 1, toString: 2, hasOwnProperty: 3 }),
  ],
}

const cases = Object.entries(attacks)

describe.each(Object.entries(entries))('%s', (_, { decode, raw, most }) => {
  it.each(cases)('that %s is refused, at once', (_, make) => {
    for (const input of make(most)) {
      const begun = performance.now()
      let thrown: unknown
      try {
        decode(input)
      } catch (error) {
        thrown = error
      }
      expect(
        isFault(thrown, 'malformed', 'unknown-version', 'too-large'),
        Buffer.from(input.subarray(0, 16)).toString('hex'),
      ).toBe(true)
      // a hundred times what the longest takes
      expect(performance.now() - begun).toBeLessThan(500)
    }
  })

  it('that is longer than it may be is not looked at', () => {
    const input = encodeCbor({ v: 1, kind: 'text', text: 'x'.repeat(200_000), at: 1, ack: 0 })
    expect(() => (raw ?? decode)(input)).toThrow(
      expect.objectContaining({ code: raw === undefined ? 'too-large' : 'malformed' }),
    )
  })
})

describe('what is compressed', () => {
  it('is unpacked by core in one place alone, which counts the pixels of a PNG and keeps none', () => {
    const core = join(import.meta.dirname, '../../core')
    const sources = readdirSync(core, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
    expect(sources.length).toBeGreaterThan(100)
    const unpackers = /zlib|DecompressionStream|gunzip|inflate|brotli|zstd|fflate|pako/i
    expect(sources.filter((name) => unpackers.test(readFileSync(join(core, name), 'utf8')))).toEqual([
      join('files', 'pictures', 'png.ts'),
    ])
  })
})
