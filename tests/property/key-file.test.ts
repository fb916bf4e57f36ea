import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat, utf8, type Bytes } from '../../core/base/bytes.ts'
import { isFault } from '../../core/base/fault.ts'
import { sha256 } from '../../core/crypto/derive.ts'
import {
  decodeKeyFile,
  emptyKeyFile,
  encodeKeyFile,
  keyFileLength,
  openSlot,
  slotCount,
  withSlot,
  type KeyFile,
} from '../../core/vault/key-file.ts'

const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes): Bytes => new Uint8Array(bytes))
const cost = fc.record({ memoryKiB: fc.nat(0xffff_ffff), passes: fc.nat(0xffff_ffff) })
const slot = fc.nat(slotCount - 1)

describe('the key file', () => {
  it('gives back what was put in, always in the same size', () => {
    fc.assert(
      fc.property(cost, slot, key, key, (cost, index, stretched, databaseKey) => {
        const file = withSlot(emptyKeyFile(cost), index, stretched, { store: 0, databaseKey })
        const bytes = encodeKeyFile(file)
        expect(bytes).toHaveLength(keyFileLength)
        expect(decodeKeyFile(bytes)).toEqual(file)
        expect(openSlot(decodeKeyFile(bytes), stretched)).toEqual({ store: 0, databaseKey })
      }),
    )
  })

  it('holds several slots that open on their own, and none without its passphrase', () => {
    fc.assert(
      fc.property(fc.uniqueArray(key, { minLength: 3, maxLength: 3, selector: String }), ([one, two, three]) => {
        if (one === undefined || two === undefined || three === undefined) return
        const empty = emptyKeyFile({ memoryKiB: 1, passes: 1 })
        const first = withSlot(empty, 0, one, { store: 0, databaseKey: two })
        const both = withSlot(first, 3, two, { store: 1, databaseKey: one })
        expect(openSlot(both, one)).toEqual({ store: 0, databaseKey: two })
        expect(openSlot(both, two)).toEqual({ store: 1, databaseKey: one })
        for (const file of [empty, first, both]) expect(() => openSlot(file, three)).toThrow('passphrase')
        expect(() => openSlot(first, two)).toThrow('passphrase')
      }),
    )
  })

  it('opens nothing once moved to another slot', () => {
    fc.assert(
      fc.property(key, key, (stretched, databaseKey) => {
        const file = withSlot(emptyKeyFile({ memoryKiB: 1, passes: 1 }), 0, stretched, { store: 0, databaseKey })
        const moved = { ...file, slots: file.slots.toReversed() }
        expect(() => openSlot(moved, stretched)).toThrow('passphrase')
      }),
    )
  })

  it('is damaged where any bit was changed, and where it was cut or grew', () => {
    const bytes = encodeKeyFile(emptyKeyFile({ memoryKiB: 65_536, passes: 3 }))
    fc.assert(
      fc.property(fc.nat(keyFileLength - 1), fc.nat(7), (at, bit) => {
        expect(() => decodeKeyFile(bytes.with(at, (bytes[at] ?? 0) ^ (1 << bit)))).toThrow('damaged')
      }),
    )
    for (let length = 0; length < keyFileLength; length++) {
      expect(() => decodeKeyFile(bytes.subarray(0, length))).toThrow('damaged')
    }
    expect(() => decodeKeyFile(concat(bytes, Uint8Array.of(0)))).toThrow('damaged')
  })

  it('refuses, or reads as what it would write, any bytes whose checksum fits', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), fc.boolean(), (noise, fits) => {
        const body = new Uint8Array(fits ? keyFileLength - 32 : noise.length)
        body.set(noise.subarray(0, body.length))
        const bytes = concat(body, sha256(utf8('staffetta/key-file/1'), body))
        let file: KeyFile
        try {
          file = decodeKeyFile(bytes)
        } catch (error) {
          if (!isFault(error, 'vault-damaged', 'vault-newer')) throw error
          return
        }
        expect(encodeKeyFile(file)).toEqual(bytes)
      }),
      { numRuns: 1000 },
    )
  })
})
