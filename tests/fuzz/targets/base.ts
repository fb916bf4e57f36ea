import { z } from 'zod'
import { base32, fromBase32 } from '../../../core/base/base32.ts'
import { base64url, concat, fromBase64url, fromHex, fromUtf8, hex, utf8 } from '../../../core/base/bytes.ts'
import { decodeCbor, encodeCbor } from '../../../core/base/cbor.ts'
import { pad, unpad } from '../../../core/crypto/pad.ts'
import { boxKey, open, openWith } from '../../../core/crypto/seal.ts'
import nacl from 'tweetnacl'
import { loose, type Target } from '../target.ts'

const count = new Uint8Array(24).map((_, index) => index)
const key = new Uint8Array(32).fill(7)
const plain = pad(utf8('sealed'), 64)
const receiver = boxKey(new Uint8Array(32).fill(9))
const ephemeral = boxKey(new Uint8Array(32).fill(11))
/** As `sealTo`, with an ephemeral key and a nonce that are the same in every run. */
const sealedTo = concat(ephemeral.publicKey, count, nacl.box(plain, count, receiver.publicKey, ephemeral.secretKey))

/** What everything else is made of. */
export const baseTargets: readonly Target[] = [
  {
    name: 'UTF-8',
    covers: ['core/base/bytes.ts fromUtf8'],
    corpus: [utf8('Maple Heron'), utf8('caffè \u{1f9f6} \uFEFF'), utf8('')],
    faults: ['malformed'],
    again: (input) => utf8(fromUtf8(input)),
  },
  {
    name: 'hexadecimal',
    covers: ['core/base/bytes.ts fromHex'],
    corpus: [utf8('00ff7f80'), utf8('')],
    faults: ['malformed'],
    again: (input) => utf8(hex(fromHex(loose(input)))),
  },
  {
    name: 'base64url',
    covers: ['core/base/bytes.ts fromBase64url'],
    corpus: [utf8(base64url(count)), utf8(base64url(count.subarray(1))), utf8('')],
    faults: ['malformed'],
    again: (input) => utf8(base64url(fromBase64url(loose(input)))),
  },
  {
    name: 'base 32',
    covers: ['core/base/base32.ts fromBase32'],
    corpus: [utf8(base32(count)), utf8(base32(count.subarray(3))), utf8('')],
    faults: ['malformed'],
    again: (input) => utf8(base32(fromBase32(loose(input)))),
  },
  {
    name: 'CBOR',
    covers: ['core/base/cbor.ts decodeCbor'],
    corpus: [
      encodeCbor({ v: 1, text: '\uFEFFword', list: [1, 0, 2 ** 53 - 1], yes: true, none: null, bytes: count }),
      encodeCbor([[[[{ a: [1] }]]]]),
      encodeCbor('text'),
      encodeCbor({}),
    ],
    faults: ['malformed', 'too-large'],
    form: 'cbor',
    again: (input) => encodeCbor(decodeCbor(input, z.unknown(), 4096)),
  },
  {
    name: 'padding',
    covers: ['core/crypto/pad.ts unpad'],
    corpus: [pad(count, 25), pad(count, 175), pad(new Uint8Array(0), 1), pad(new Uint8Array(40), 64)],
    faults: ['malformed'],
    again: (input) => pad(unpad(input), input.length),
  },
  {
    name: 'seal',
    covers: ['core/crypto/seal.ts open'],
    corpus: [
      concat(count, nacl.secretbox(plain, count, key)),
      concat(count, nacl.secretbox(new Uint8Array(0), count, key)),
    ],
    faults: ['unreadable'],
    again: (input) => (open(input, key), 'accepted'),
  },
  {
    name: 'seal to a key',
    covers: ['core/crypto/seal.ts openWith'],
    corpus: [sealedTo],
    faults: ['unreadable'],
    again: (input) => (openWith(input, receiver), 'accepted'),
  },
]
