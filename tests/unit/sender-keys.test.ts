import { IdentityKeyPair, SenderKeyDistributionMessage, SenderKeyMessage } from '@signalapp/libsignal-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Bytes } from '../../core/base/bytes.ts'
import { random } from '../../core/crypto/random.ts'
import { Database } from '../../core/database/database.ts'
import { migrate } from '../../core/database/migrations.ts'
import { schema } from '../../core/ratchet/schema.ts'
import { maxChainKey, maxStepsAhead, SenderKeys } from '../../core/ratchet/sender-keys.ts'

const chain = new Uint8Array(16).fill(7)
const of = { owner: 'a', chain }
const words = new TextEncoder().encode('a lamp in the window')

let ours: Database
let theirs: Database
let writer: SenderKeys
let reader: SenderKeys
let key: Bytes

beforeEach(async () => {
  ;[ours, theirs] = [0, 1].map(() => {
    const database = Database.open(':memory:')
    migrate(database, schema)
    return database
  }) as [Database, Database]
  writer = new SenderKeys(ours)
  reader = new SenderKeys(theirs)
  const begun = await writer.begin(of)
  begun.commit()
  key = begun.value
  ;(await reader.accept(of, key)).commit()
})

afterEach(() => {
  ours.close()
  theirs.close()
})

async function write(text: Uint8Array = words): Promise<{ ciphertext: Bytes; index: number }> {
  const step = await writer.encrypt(of, text)
  step.commit()
  return step.value
}

async function read(ciphertext: Bytes, index: number, next = index): Promise<Bytes> {
  const step = await reader.decrypt(of, ciphertext, { index, next })
  step.commit()
  return step.value
}

const unreadable = { code: 'unreadable' }

describe('a chain of sender keys', () => {
  it('is read from its first message on, in any order, each once', async () => {
    const all = [await write(), await write(), await write()]
    expect(all.map(({ index }) => index)).toEqual([0, 1, 2])
    for (const { ciphertext, index } of [all[2], all[0], all[1]].filter((each) => each !== undefined)) {
      expect(await read(ciphertext, index, 0)).toEqual(words)
      await expect(read(ciphertext, index, 0)).rejects.toMatchObject(unreadable)
    }
  })

  it('uses no key twice: a step that is not committed changes nothing, and only one of two from one state is', async () => {
    const [first, second] = await Promise.all([writer.encrypt(of, words), writer.encrypt(of, words)])
    expect(first.value.index).toBe(second.value.index)
    first.commit()
    expect(() => second.commit()).toThrow(expect.objectContaining({ code: 'internal' }))
    expect(() => first.commit()).toThrow(expect.objectContaining({ code: 'internal' }))
    expect((await write()).index).toBe(1)
    await writer.encrypt(of, words)
    expect((await write()).index).toBe(2)
  })

  it('is as it was where the transaction around its step failed', async () => {
    const step = await writer.encrypt(of, words)
    expect(() =>
      ours.transaction(() => {
        step.commit()
        throw new Error('the disk is full')
      }),
    ).toThrow('the disk is full')
    const { index, ciphertext } = await write()
    expect(index).toBe(0)
    expect(await read(ciphertext, 0)).toEqual(words)
  })

  it('is begun once, by its writer and by a key', async () => {
    await expect(writer.begin(of)).rejects.toMatchObject({ code: 'wrong-state' })
    await expect(reader.accept(of, key)).rejects.toMatchObject(unreadable)
    expect(reader.has(of)).toBe(true)
    expect(reader.has({ ...of, owner: 'b' })).toBe(false)
  })

  it('can be in one vault twice', async () => {
    const twin = { ...of, owner: 'b' }
    ;(await reader.accept(twin, key)).commit()
    const { ciphertext, index } = await write()
    expect(await read(ciphertext, index)).toEqual(words)
    expect((await reader.decrypt(twin, ciphertext, { index, next: 0 })).value).toEqual(words)
  })

  it('gives no key that begins later, is another chain’s, or is none at all', async () => {
    await write()
    const fresh = { ...of, owner: 'c' }
    const begun = SenderKeyDistributionMessage.deserialize(key)
    const later = SenderKeyDistributionMessage._new(
      4,
      begun.distributionId(),
      begun.chainId(),
      1,
      begun.chainKey(),
      IdentityKeyPair.generate().publicKey,
    )
    const other = await writer.begin({ owner: 'a', chain: new Uint8Array(16).fill(8) })
    for (const [name, bytes] of Object.entries({
      later: later.serialize(),
      other: other.value,
      noise: random(96),
      none: new Uint8Array(),
      long: random(maxChainKey + 1),
      cut: key.slice(0, -1),
    })) {
      await expect(reader.accept(fresh, bytes), name).rejects.toMatchObject(unreadable)
    }
    expect(reader.has(fresh)).toBe(false)
  })

  it('reads nothing that was changed, is of another number or chain, or too far ahead', async () => {
    const { ciphertext } = await write()
    const other = { owner: 'a', chain: new Uint8Array(16).fill(8) }
    ;(await writer.begin(other)).commit()
    const elsewhere = (await writer.encrypt(other, words)).value.ciphertext
    for (let at = 0; at < ciphertext.length; at += 7) {
      const changed = Uint8Array.from(ciphertext, (byte, nth) => (nth === at ? byte ^ 1 : byte))
      await expect(read(changed, 0)).rejects.toMatchObject(unreadable)
    }
    for (const bytes of [elsewhere, random(200), new Uint8Array(), new Uint8Array(70_000)]) {
      await expect(read(bytes, 0)).rejects.toMatchObject(unreadable)
    }
    await expect(read(ciphertext, 1)).rejects.toMatchObject(unreadable)
    expect(SenderKeyMessage.deserialize(ciphertext).iteration()).toBe(0)
    expect(await read(ciphertext, 0)).toEqual(words)
  })

  it('takes no step further than it is told, whatever a message says', async () => {
    for (let nth = 0; nth < maxStepsAhead; nth++) await write()
    const last = await write()
    expect(last.index).toBe(maxStepsAhead)
    await expect(read(last.ciphertext, maxStepsAhead, 0)).rejects.toMatchObject(unreadable)
    expect(await read(last.ciphertext, maxStepsAhead, 1)).toEqual(words)
  })
})
