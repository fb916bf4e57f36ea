import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isFault } from '../../core/base/fault.ts'
import { bundleLength, decodeBundle, encodeBundle } from '../../core/ratchet/bundle.ts'
import { Ratchet } from '../../core/ratchet/ratchet.ts'
import { schema } from '../../core/ratchet/schema.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { scratch, type Scratch } from '../support/scratch.ts'

let files: Scratch
let good: Uint8Array

beforeAll(() => {
  files = scratch()
  const ratchet = new Ratchet(files.database('one', schema), new ManualClock())
  good = ratchet.bundle(ratchet.createIdentity('a'.repeat(32)))
})

afterAll(() => files.remove())

/** Whatever the bytes are: either they are what would be encoded again, or a Fault of the codec. */
function decodesOrRefuses(bytes: Uint8Array): void {
  try {
    expect(encodeBundle(decodeBundle(bytes))).toEqual(bytes)
  } catch (error) {
    if (!isFault(error, 'malformed', 'unknown-version', 'bad-signature')) throw error
  }
}

describe('the bundle codec', () => {
  it('is its own inverse', () => {
    expect(encodeBundle(decodeBundle(good))).toEqual(good)
  })

  it('refuses any changed byte, or reads it as something that it would write the same', () => {
    fc.assert(
      fc.property(fc.nat(bundleLength - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const bytes = new Uint8Array(good)
        bytes[at] = (bytes[at] ?? 0) ^ by
        decodesOrRefuses(bytes)
      }),
      { numRuns: 400 },
    )
  })

  it('refuses the version first', () => {
    for (const version of [0, 2, 255]) {
      const bytes = new Uint8Array(good)
      bytes[0] = version
      expect(() => decodeBundle(bytes)).toThrow(expect.objectContaining({ code: 'unknown-version' }))
    }
  })

  it('refuses every other length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2 * bundleLength }), fc.boolean(), (bytes, prefixed) => {
        decodesOrRefuses(bytes)
        const longer = new Uint8Array([...(prefixed ? good : good.subarray(0, 100)), ...bytes])
        if (longer.length !== bundleLength) {
          expect(() => decodeBundle(longer)).toThrow(expect.objectContaining({ code: 'malformed' }))
        }
      }),
      { numRuns: 200 },
    )
  })
})
