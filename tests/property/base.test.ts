import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  base64url,
  concat,
  equal,
  fromBase64url,
  fromHex,
  fromUtf8,
  hex,
  u16,
  u32,
  u64,
  utf8,
} from '../../core/base/bytes.ts'
import { decodeCbor, encodeCbor } from '../../core/base/cbor.ts'
import { isFault } from '../../core/base/fault.ts'
import { Reader } from '../../core/base/reader.ts'
import { pad, unpad } from '../../core/crypto/pad.ts'
import { boxKey, open, openWith, seal, sealTo } from '../../core/crypto/seal.ts'

const bytes = fc.uint8Array({ maxLength: 300 })

describe('bytes', () => {
  it('hex and base64url come back', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        expect(equal(fromHex(hex(value)), value)).toBe(true)
        expect(equal(fromBase64url(base64url(value)), value)).toBe(true)
      }),
    )
  })

  it('any text is decoded to what encodes to it, or refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        try {
          expect(base64url(fromBase64url(text))).toBe(text)
        } catch (error) {
          expect(isFault(error, 'malformed')).toBe(true)
        }
      }),
    )
  })

  it('UTF-8 comes back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fromUtf8(utf8(text))).toBe(text)
      }),
    )
  })
})

describe('reader', () => {
  it('reads what was written, and never past the end', () => {
    fc.assert(
      fc.property(
        fc.nat(0xffff),
        fc.nat(0xffffffff),
        fc.bigInt(0n, 2n ** 64n - 1n),
        bytes,
        fc.nat(400),
        (a, b, c, rest, cut) => {
          const written = concat(u16(a), u32(b), u64(c), rest)
          const reader = new Reader(written)
          expect([reader.u16(), reader.u32(), reader.u64()]).toEqual([a, b, c])
          expect(equal(reader.bytes(rest.length), rest)).toBe(true)
          reader.end()
          const short = new Reader(written.subarray(0, cut))
          expect(() => short.bytes(cut + written.length + 1)).toThrow(expect.objectContaining({ code: 'malformed' }))
        },
      ),
    )
  })
})

describe('CBOR', () => {
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', maxDepth: 5 },
      fc.nat({ max: Number.MAX_SAFE_INTEGER }),
      fc.string({ unit: 'grapheme' }),
      fc.constant('\uFEFFa'),
      fc.boolean(),
      fc.constant(null),
      fc.uint8Array({ maxLength: 40 }),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(
        fc.string({ maxLength: 5 }).filter((key) => key !== '__proto__'),
        tie('value'),
        { maxKeys: 4, noNullPrototype: true },
      ),
    ),
  })).value

  it('decodes what it encodes', () => {
    fc.assert(
      fc.property(value, (input) => {
        const encoded = encodeCbor(input)
        expect(equal(encodeCbor(decodeCbor(encoded, z.unknown(), 1 << 20)), encoded)).toBe(true)
      }),
    )
  })

  it('any bytes are canonical or refused with a typed error', () => {
    fc.assert(
      fc.property(bytes, (input) => {
        try {
          expect(equal(encodeCbor(decodeCbor(input, z.unknown(), 300)), input)).toBe(true)
        } catch (error) {
          expect(isFault(error, 'malformed')).toBe(true)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('a changed byte is another value or refused', () => {
    fc.assert(
      fc.property(value, fc.nat(), fc.integer({ min: 1, max: 255 }), (input, at, flip) => {
        const encoded = encodeCbor(input)
        const changed = encoded.slice()
        const index = at % changed.length
        changed[index] = (changed[index] ?? 0) ^ flip
        try {
          expect(equal(encodeCbor(decodeCbor(changed, z.unknown(), 1 << 20)), encoded)).toBe(false)
        } catch (error) {
          expect(isFault(error, 'malformed')).toBe(true)
        }
      }),
    )
  })
})

describe('pad and seal', () => {
  it('come off again', () => {
    const key = new Uint8Array(32).fill(3)
    const holder = boxKey(new Uint8Array(32).fill(4))
    fc.assert(
      fc.property(bytes, fc.nat(100), (content, extra) => {
        expect(equal(unpad(pad(content, content.length + 1 + extra)), content)).toBe(true)
        expect(equal(open(seal(content, key), key), content)).toBe(true)
        expect(equal(openWith(sealTo(content, holder.publicKey), holder), content)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })
})
