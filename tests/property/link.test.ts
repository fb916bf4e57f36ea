import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base32, fromBase32 } from '../../core/base/base32.ts'
import { concat, utf8, type Bytes } from '../../core/base/bytes.ts'
import { isFault } from '../../core/base/fault.ts'
import { decodeAddress, encodeAddress } from '../../core/community/address.ts'
import { epochOf, epochStart } from '../../core/community/epoch.ts'
import { decodeBody, encodeBody, longestInvite } from '../../core/community/link-body.ts'
import { decodeLink, encodeLink, maxLinkNodes, noCharter, type Link } from '../../core/community/link.ts'
import { isCommunityName } from '../../core/community/name.ts'
import { sha256 } from '../../core/crypto/derive.ts'
import { nodeAddress } from '../support/node-address.ts'

const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes): Bytes => new Uint8Array(bytes))
const nodes = fc.uniqueArray(fc.integer({ min: 1, max: 200 }).map(nodeAddress), { maxLength: maxLinkNodes })
const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
  .map((text) => text.trim())
  .filter(isCommunityName)

const link: fc.Arbitrary<Link> = fc.oneof(
  fc.record({ kind: fc.constant('node' as const), networkKey: key, nodes }),
  fc
    .record({
      kind: fc.constant('invite' as const),
      name,
      networkKey: key,
      // later ones have no expiry that is a safe integer
      epoch: fc.nat(10_000_000),
      secret: key,
      founder: key,
      charter: fc.oneof(
        fc.constant(noCharter),
        fc.record({
          version: fc.integer({ min: 1, max: 0xffff_ffff }),
          digest: key.map((bytes) => Uint8Array.from([...bytes.slice(0, 15), 1])),
        }),
      ),
      nodes,
      lasts: fc.integer({ min: 1, max: longestInvite }),
    })
    .map(({ lasts, ...rest }) => ({ ...rest, expiresAt: epochStart(rest.epoch) + lasts })),
)

/** Whatever the bytes are: either they are what would be written again, or a Fault of the codec. */
function decodesOrRefuses(bytes: Uint8Array): void {
  let read: Link
  try {
    read = decodeBody(bytes)
  } catch (error) {
    if (!isFault(error, 'malformed', 'unknown-version')) throw error
    return
  }
  expect(encodeBody(read)).toEqual(bytes)
}

describe('base 32', () => {
  it('is its own inverse', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(fromBase32(base32(bytes))).toEqual(new Uint8Array(bytes))
      }),
    )
  })

  it('reads nothing that it would not write', () => {
    const letters = fc.string({ unit: fc.constantFrom(...Array.from('abcxyz234567180=')), maxLength: 20 })
    fc.assert(
      fc.property(letters, (text) => {
        let bytes: Uint8Array
        try {
          bytes = fromBase32(text)
        } catch (error) {
          if (!isFault(error, 'malformed')) throw error
          return
        }
        expect(base32(bytes)).toBe(text)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('the link codec', () => {
  it('gives back what was put in, in a text that the contract takes', () => {
    fc.assert(
      fc.property(link, (value) => {
        const text = encodeLink(value)
        expect(text.length).toBeLessThanOrEqual(4096)
        expect(decodeLink(text, 0)).toEqual(value)
        expect(encodeBody(decodeBody(encodeBody(value)))).toEqual(encodeBody(value))
      }),
    )
  })

  it('stays in order however it travels', () => {
    const noise = fc.constantFrom('', ' ', '\n', '\r\n> ', '\u200b', '\u00a0', '\u2060', '*', '_', '"', '=\n', '.')
    fc.assert(
      fc.property(link, fc.array(noise, { minLength: 1, maxLength: 60 }), fc.boolean(), (value, noises, upper) => {
        const text = encodeLink(value)
        const travelled = Array.from(
          text,
          (letter, at) => letter + (at < 3000 ? (noises[at % noises.length] ?? '') : ''),
        )
        const pasted = upper ? travelled.join('').toUpperCase() : travelled.join('')
        fc.pre(pasted.length <= 8192)
        expect(decodeLink(pasted, 0)).toEqual(value)
      }),
    )
  })

  it('refuses bytes with any bit changed', () => {
    fc.assert(
      fc.property(link, fc.nat(), fc.nat(7), (value, at, bit) => {
        const bytes = encodeBody(value)
        bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << bit)
        expect(() => decodeBody(bytes)).toThrow('mangled')
      }),
    )
  })

  it('refuses, or reads as what it would write, any bytes whose checksum fits', () => {
    const change = fc.record({ at: fc.nat(), by: fc.nat(255), cut: fc.nat(3), more: fc.uint8Array({ maxLength: 3 }) })
    fc.assert(
      fc.property(link, fc.array(change, { minLength: 1, maxLength: 4 }), (value, changes) => {
        let body: Uint8Array = encodeBody(value).slice(0, -8)
        for (const { at, by, cut, more } of changes) {
          if (body.length > 0) body[at % body.length] = by
          body = concat(body.subarray(0, Math.max(0, body.length - cut)), more)
        }
        decodesOrRefuses(concat(body, sha256(utf8('staffetta/link/1'), body).subarray(0, 8)))
      }),
      { numRuns: 3000 },
    )
  })

  it('answers any text with a link or one of its three refusals', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.string({ unit: 'grapheme', maxLength: 400 }).map((rest) => `staffetta:invite:${rest}`),
      fc.string({ unit: fc.constantFrom(...Array.from('staeinvod:/ 7')), maxLength: 400 }),
    )
    fc.assert(
      fc.property(text, (pasted) => {
        try {
          decodeLink(pasted, 0)
        } catch (error) {
          if (!isFault(error, 'invite-mangled', 'invite-expired', 'invite-unknown-version')) throw error
        }
      }),
      { numRuns: 1000 },
    )
  })
})

describe('addresses of nodes', () => {
  it('refuses, or reads as what it would write, any bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .tuple(fc.integer({ min: 1, max: 60 }), fc.nat(), fc.nat(255))
        .map(([n, at, by]) => encodeAddress(nodeAddress(n)).map((byte, i) => (i === at % 40 ? by : byte))),
    )
    fc.assert(
      fc.property(bytes, (value) => {
        let text: string
        try {
          text = decodeAddress(value)
        } catch (error) {
          if (!isFault(error, 'malformed')) throw error
          return
        }
        expect(encodeAddress(text)).toEqual(new Uint8Array(value))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('epochs', () => {
  it('begin where they say and follow each other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 345_600_000, max: 4_000_000_000_000 }), (now) => {
        const epoch = epochOf(now)
        expect(epochStart(epoch)).toBeLessThanOrEqual(now)
        expect(epochStart(epoch + 1)).toBeGreaterThan(now)
        expect(new Date(epochStart(epoch)).getUTCDay()).toBe(1)
      }),
    )
  })
})
