import nacl from 'tweetnacl'
import { describe, expect, it } from 'vitest'
import { fromHex, hex, utf8 } from '../../core/base/bytes.ts'
import { hkdf, hmac, sha256 } from '../../core/crypto/derive.ts'
import { mine, maxWorkBits } from '../../core/crypto/miner.ts'
import { pad, unpad } from '../../core/crypto/pad.ts'
import { costFloor, stretch } from '../../core/crypto/passphrase.ts'
import { boxKey, open, openWith, seal, sealOverhead, sealTo, sealToOverhead } from '../../core/crypto/seal.ts'
import { freshSigningKey, requireSignature, sign, signingKey, verify } from '../../core/crypto/sign.ts'
import { leadingZeroBits, workBits } from '../../core/crypto/work.ts'

describe('derive', () => {
  it('is HKDF-SHA256 (RFC 5869, test case 1)', () => {
    const okm = hkdf(
      fromHex('0b'.repeat(22)),
      fromHex('f0f1f2f3f4f5f6f7f8f9'),
      42,
      fromHex('000102030405060708090a0b0c'),
    )
    expect(hex(okm)).toBe('3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865')
  })

  it('is SHA-256 (FIPS 180-4) over all parts', () => {
    expect(hex(sha256(utf8('a'), utf8('bc')))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })

  it('is HMAC-SHA256 (RFC 4231, test case 2)', () => {
    expect(hex(hmac(utf8('Jefe'), utf8('what do ya want '), utf8('for nothing?')))).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    )
  })
})

describe('sign', () => {
  it('is Ed25519 (RFC 8032 section 7.1, test 2)', () => {
    const key = signingKey(fromHex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb'))
    expect(hex(key.publicKey)).toBe('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c')
    const signature = sign(fromHex('72'), key)
    expect(hex(signature)).toBe(
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    )
    expect(verify(signature, fromHex('72'), key.publicKey)).toBe(true)
  })

  it('refuses another message, key, length, and a malleated S', () => {
    const key = freshSigningKey()
    const message = utf8('x')
    const signature = sign(message, key)
    expect(verify(signature, utf8('y'), key.publicKey)).toBe(false)
    expect(verify(signature, message, freshSigningKey().publicKey)).toBe(false)
    expect(verify(signature.subarray(1), message, key.publicKey)).toBe(false)
    expect(verify(signature, message, key.publicKey.subarray(1))).toBe(false)
    // S + L fits the same equation; strict verification refuses it (RFC 8032 section 5.1.7)
    const order = 2n ** 252n + 27742317777372353535851937790883648493n
    const s = BigInt(`0x${hex(signature.slice(32).toReversed())}`) + order
    const malleated = new Uint8Array([
      ...signature.slice(0, 32),
      ...fromHex(s.toString(16).padStart(64, '0')).toReversed(),
    ])
    expect(verify(malleated, message, key.publicKey)).toBe(false)
    expect(() => requireSignature(malleated, message, key.publicKey)).toThrow(
      expect.objectContaining({ code: 'bad-signature' }),
    )
  })

  it('refuses a public key of small order', () => {
    const key = new Uint8Array(32)
    key[0] = 1
    const signature = new Uint8Array(64)
    signature[0] = 1
    expect(verify(signature, utf8('anything'), key)).toBe(false)
  })
})

describe('seal', () => {
  const key = new Uint8Array(32).fill(7)

  it('opens what it sealed, adds what it says, and looks different each time', () => {
    const sealed = seal(utf8('hello'), key)
    expect(open(sealed, key)).toEqual(utf8('hello'))
    expect(sealed).toHaveLength(5 + sealOverhead)
    expect(seal(utf8('hello'), key)).not.toEqual(sealed)
  })

  it('refuses every changed byte', () => {
    const sealed = seal(utf8('hello'), key)
    for (const at of sealed.keys()) {
      const changed = sealed.slice()
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => open(changed, key)).toThrow(expect.objectContaining({ code: 'unreadable' }))
    }
    expect(() => open(sealed.subarray(0, sealOverhead - 1), key)).toThrow(
      expect.objectContaining({ code: 'unreadable' }),
    )
  })

  it('seals to a public key, for its holder alone', () => {
    const holder = boxKey()
    const sealed = sealTo(utf8('hello'), holder.publicKey)
    expect(sealed).toHaveLength(5 + sealToOverhead)
    expect(openWith(sealed, holder)).toEqual(utf8('hello'))
    expect(() => openWith(sealed, boxKey())).toThrow(expect.objectContaining({ code: 'unreadable' }))
  })

  it('refuses points of low order, where tweetnacl would share an all-zero secret', () => {
    const zero = new Uint8Array(32)
    expect(() => sealTo(utf8('x'), zero)).toThrow(expect.objectContaining({ code: 'unreadable' }))
    const holder = boxKey()
    const shared = nacl.box.before(zero, holder.secretKey)
    const nonce = new Uint8Array(24)
    const forged = new Uint8Array([...zero, ...nonce, ...nacl.box.after(utf8('x'), nonce, shared)])
    expect(() => openWith(forged, holder)).toThrow(expect.objectContaining({ code: 'unreadable' }))
  })
})

describe('pad', () => {
  it('fills to the length and comes off again', () => {
    expect(hex(pad(fromHex('aa'), 4))).toBe('aa800000')
    expect(hex(unpad(fromHex('aa800000')))).toBe('aa')
    expect(hex(pad(fromHex(''), 1))).toBe('80')
  })

  it('refuses what does not fit and what was not padded', () => {
    expect(() => pad(new Uint8Array(4), 4)).toThrow(expect.objectContaining({ code: 'too-large' }))
    for (const bad of ['', '00', '0000', 'aa01', 'aa0100']) {
      expect(() => unpad(fromHex(bad))).toThrow(expect.objectContaining({ code: 'malformed' }))
    }
  })
})

describe('work', () => {
  const digest = sha256(utf8('a box'))

  it('counts leading zero bits', () => {
    expect(leadingZeroBits(fromHex('80'))).toBe(0)
    expect(leadingZeroBits(fromHex('01ff'))).toBe(7)
    expect(leadingZeroBits(fromHex('0001'))).toBe(15)
    expect(leadingZeroBits(fromHex('0000'))).toBe(16)
  })

  it('is found on another thread and says how far it is', async () => {
    const fractions: number[] = []
    const nonce = await mine(digest, 12, { onProgress: (fraction) => fractions.push(fraction) })
    expect(workBits(digest, nonce)).toBeGreaterThanOrEqual(12)
    expect(fractions.every((fraction) => fraction >= 0 && fraction <= 1)).toBe(true)
    expect(fractions.length).toBeGreaterThan(0)
  })

  it('can be cancelled before and while it runs', async () => {
    await expect(mine(digest, 12, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' })
    const abort = new AbortController()
    const running = mine(digest, maxWorkBits, { signal: abort.signal, onProgress: () => abort.abort() })
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
  })

  it.each([maxWorkBits + 1, Number.NaN, Number.POSITIVE_INFINITY])('refuses to do %s bits', async (bits) => {
    await expect(mine(digest, bits)).rejects.toMatchObject({ code: 'work-too-hard' })
  })
})

describe('passphrase', () => {
  it('is Argon2id: the same for the same words, however they were typed', async () => {
    const salt = new Uint8Array(16)
    const composed = await stretch('caff\u00e8 di notte', salt, costFloor)
    expect(await stretch('caffe\u0300 di notte', salt, costFloor)).toEqual(composed)
    expect(await stretch('caffe di notte', salt, costFloor)).not.toEqual(composed)
  })

  it('refuses a cost that a hostile key file might ask for', async () => {
    const cost = { memoryKiB: 64 * 1024 * 1024, passes: 3 }
    await expect(stretch('x', new Uint8Array(16), cost)).rejects.toMatchObject({ code: 'bad-input' })
  })
})
