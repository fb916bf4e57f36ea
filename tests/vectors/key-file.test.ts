import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { fromHex, hex } from '../../core/base/bytes.ts'
import { stretch } from '../../core/crypto/passphrase.ts'
import { decodeKeyFile, encodeKeyFile, openSlot } from '../../core/vault/key-file.ts'

const text = z.string()
const vector = z
  .object({
    passphrase: text,
    memoryKiB: z.number(),
    passes: z.number(),
    salt: text,
    stretched: text,
    databaseKey: text,
    bytes: text,
  })
  .parse(JSON.parse(readFileSync(new URL('key-file.json', import.meta.url), 'utf8')))

it('a key file is read and opened as the specification says', async () => {
  const bytes = fromHex(vector.bytes)
  const file = decodeKeyFile(bytes)
  expect(file.cost).toEqual({ memoryKiB: vector.memoryKiB, passes: vector.passes })
  expect(hex(file.salt)).toBe(vector.salt)
  expect(hex(encodeKeyFile(file))).toBe(vector.bytes)
  const stretched = await stretch(vector.passphrase, file.salt, file.cost)
  expect(hex(stretched)).toBe(vector.stretched)
  const { store, databaseKey } = openSlot(file, stretched)
  expect(store).toBe(0)
  expect(hex(databaseKey)).toBe(vector.databaseKey)
})
