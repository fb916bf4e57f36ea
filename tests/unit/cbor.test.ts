import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fromHex } from '../../core/base/bytes.ts'
import { decodeCbor, encodeCbor } from '../../core/base/cbor.ts'

const anything = z.unknown()
const decode = (text: string) => decodeCbor(fromHex(text), anything, 64)

describe('canonical CBOR', () => {
  it('sorts keys by their encoded bytes (RFC 8949 section 4.2.1)', () => {
    expect(encodeCbor({ bb: 1, a: 2, c: 3 })).toEqual(encodeCbor({ c: 3, a: 2, bb: 1 }))
  })

  it.each([
    ['a trailing byte', '0000'],
    ['an empty input', ''],
    ['a longer integer than needed', '1800'],
    ['an indefinite array', '9fff'],
    ['an indefinite string', '7fff'],
    ['a tag', 'c000'],
    ['undefined', 'f7'],
    ['NaN', 'f97e00'],
    ['infinity', 'f97c00'],
    ['keys in the wrong order', 'a261620161610a'],
    ['a key twice', 'a2616101616102'],
    ['an array that counts more than there is', '9b00000000ffffffff'],
    ['a string longer than the input', '5affffffff00'],
    ['text that is not UTF-8', '61ff'],
    ['a reserved head', '1c'],
    ['an integer above 2^53 - 1', '1b0020000000000000'],
    ['a negative integer', '20'],
    ['a floating-point number', 'f93e00'],
    ['a simple value that has no name', 'e0'],
    ['nesting beyond eight levels', `${'81'.repeat(9)}00`],
  ])('refuses %s', (_, text) => {
    expect(() => decode(text)).toThrow(expect.objectContaining({ code: 'malformed' }))
  })

  it('takes the highest integer, and false, true and null', () => {
    expect(decode('841b001ffffffffffffff4f5f6')).toEqual([Number.MAX_SAFE_INTEGER, false, true, null])
  })

  it('takes a text as it is, also one that begins with U+FEFF', () => {
    expect(decode('64efbbbf61')).toBe('\uFEFFa')
    expect(decode('a164efbbbf6101')).toEqual({ '\uFEFFa': 1 })
  })

  it('takes eight levels', () => {
    expect(decode(`${'81'.repeat(7)}00`)).toEqual([[[[[[[0]]]]]]])
  })

  it('refuses a map of more keys than any has before it is built', () => {
    const map = (keys: number) =>
      encodeCbor(Object.fromEntries(Array.from({ length: keys }, (_, nth) => [`k${nth}`, 1])))
    expect(() => decodeCbor(map(65), anything, 1000)).toThrow('more fields')
    expect(Object.keys(decodeCbor(map(64), z.record(z.string(), z.int()), 1000))).toHaveLength(64)
  })

  it('checks the length before anything else', () => {
    expect(() => decodeCbor(new Uint8Array(65), anything, 64)).toThrow(expect.objectContaining({ code: 'too-large' }))
  })

  it('does not keep what came from outside in the error', () => {
    const secret = encodeCbor({ v: 'swordfish' })
    const caught = (() => {
      try {
        return decodeCbor(secret, z.object({ v: z.number() }), 64)
      } catch (error) {
        return error
      }
    })()
    expect(caught).toMatchObject({ code: 'malformed' })
    expect(JSON.stringify(caught, Object.getOwnPropertyNames(caught))).not.toContain('swordfish')
    expect((caught as Error).cause).toBeUndefined()
  })
})
