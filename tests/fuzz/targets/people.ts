import { decode } from 'cborg'
import { base32, fromBase32 } from '../../../core/base/base32.ts'
import { concat, equal, fromHex, u64, utf8, type Bytes } from '../../../core/base/bytes.ts'
import { encodeCbor } from '../../../core/base/cbor.ts'
import { sha256 } from '../../../core/crypto/derive.ts'
import { pad, unpad } from '../../../core/crypto/pad.ts'
import { sign, signingKey } from '../../../core/crypto/sign.ts'
import { decodeItem, encodeItem } from '../../../core/conversations/item.ts'
import { decodeMessage, encodeMessage, plaintextLengths } from '../../../core/conversations/plaintext.ts'
import { decodePresence, encodePresence } from '../../../core/conversations/presence-content.ts'
import * as introductions from '../../../core/introductions/content.ts'
import { decodeToken, encodeToken } from '../../../core/introductions/token-text.ts'
import { decodeOffer, encodeOffer } from '../../../core/offers/content.ts'
import { decodeAddress, encodeAddress } from '../../../core/offers/introduction-address.ts'
import { decodeBundle, encodeBundle } from '../../../core/ratchet/bundle.ts'
import conversations from '../../vectors/conversation.json' with { type: 'json' }
import offers from '../../vectors/offer.json' with { type: 'json' }
import trust from '../../vectors/trust.json' with { type: 'json' }
import { fromVectors, loose, type Target } from '../target.ts'

const encoded = (vectors: readonly { readonly encoded: string }[]): Bytes[] =>
  fromVectors(...vectors.map(({ encoded }) => encoded))

const persona = signingKey(fromHex(offers.offers[0]?.personaSeed ?? ''))
const binding = { author: fromHex(offers.offers[0]?.author ?? ''), epoch: offers.offers[0]?.epoch ?? 0 }
const messages = encoded(conversations.messages)

/** Signed anew by the persona: what lies behind the signature of an offer is reached. What cannot be encoded stays as it is. */
function signOffer(input: Bytes): Bytes {
  try {
    const fields: unknown = decode(input)
    if (typeof fields !== 'object' || fields === null) return input
    const { s: _signature, ...rest } = fields as Record<string, unknown>
    const signed = concat(utf8('staffetta/offer/2'), binding.author, u64(binding.epoch), encodeCbor(rest))
    return encodeCbor({ ...rest, s: sign(signed, persona) })
  } catch {
    // cborg reads a lone break as a symbol, which it would not write again
    return input
  }
}

/** Padded as a message must be; what fits nowhere stays as it is. */
function padded(input: Bytes, lengths: readonly number[] = plaintextLengths): Bytes {
  const length = lengths.find((length) => input.length < length)
  return length === undefined ? input : pad(input, length)
}

/** What is typed may hold much that is not written again; what is written must be read as the same token. */
function settledToken(typed: string): 'accepted' {
  const token = decodeToken(typed)
  if (!equal(decodeToken(encodeToken(token)), token)) throw new Error('The token is written as another')
  return 'accepted'
}

function mendToken(input: Bytes): Bytes {
  const body = input.subarray(0, Math.max(0, input.length - 3))
  return concat(body, sha256(utf8('staffetta/introduction/token/check/1'), body).subarray(0, 3))
}

/** Offers, introductions, messages and presence. */
export const peopleTargets: readonly Target[] = [
  {
    name: 'bundle',
    covers: ['core/ratchet/bundle.ts decodeBundle'],
    corpus: fromVectors(offers.bundle),
    faults: ['unknown-version', 'malformed', 'bad-signature'],
    again: (input) => encodeBundle(decodeBundle(input)),
  },
  {
    name: 'offer',
    covers: ['core/offers/content.ts decodeOffer'],
    corpus: encoded(offers.offers),
    faults: ['too-large', 'malformed', 'unknown-version', 'bad-signature'],
    form: 'cbor',
    mend: signOffer,
    again: (input) => encodeOffer(decodeOffer(input, binding), binding, persona),
  },
  {
    name: 'introduction address',
    covers: ['core/offers/introduction-address.ts decodeAddress'],
    corpus: [new Uint8Array(96).map((_, index) => index)],
    faults: ['malformed'],
    again: (input) => encodeAddress(decodeAddress(input)),
  },
  {
    name: 'letter',
    covers: ['core/introductions/content.ts decodeLetter'],
    corpus: encoded(offers.letters),
    faults: ['too-large', 'malformed', 'unknown-version'],
    form: 'cbor',
    again: (input) => introductions.encodeLetter(introductions.decodeLetter(input)),
  },
  {
    name: 'greeting',
    covers: ['core/introductions/content.ts decodeGreeting'],
    corpus: encoded(trust.greetings),
    faults: ['malformed', 'unknown-version'],
    again: (input) => introductions.encodeGreeting(introductions.decodeGreeting(input)),
  },
  {
    name: 'words of a greeting',
    covers: ['core/introductions/content.ts decodeGreeting'],
    corpus: encoded(trust.greetings).map(unpad),
    faults: ['malformed', 'unknown-version'],
    form: 'cbor',
    again: (input) =>
      unpad(introductions.encodeGreeting(introductions.decodeGreeting(padded(input, introductions.greetingLengths)))),
  },
  {
    name: 'acceptance',
    covers: ['core/introductions/content.ts decodeAnswer'],
    corpus: encoded(offers.answers),
    faults: ['too-large', 'malformed', 'unknown-version'],
    form: 'cbor',
    again: (input) => introductions.encodeAnswer(introductions.decodeAnswer(input)),
  },
  {
    name: 'invite token',
    covers: ['core/introductions/token-text.ts decodeToken'],
    corpus: offers.tokens.flatMap(({ text }) => [utf8(text), utf8(` ${text.toUpperCase().replaceAll('-', '\n')}`)]),
    faults: ['invite-mangled', 'invite-unknown-version'],
    again: (input) => settledToken(loose(input)),
  },
  {
    name: 'invite token with a checksum that fits',
    covers: ['core/introductions/token-text.ts decodeToken'],
    corpus: offers.tokens.map(({ text }) => fromBase32(text.replaceAll('-', ''))),
    faults: ['invite-mangled', 'invite-unknown-version'],
    mend: mendToken,
    again: (input) => settledToken(base32(input)),
  },
  {
    name: 'mailbox item',
    covers: ['core/conversations/item.ts decodeItem'],
    corpus: encoded(conversations.items),
    faults: ['too-large', 'malformed', 'unknown-version'],
    again: (input) => encodeItem(decodeItem(input)),
  },
  {
    name: 'message',
    covers: ['core/conversations/plaintext.ts decodeMessage'],
    corpus: messages,
    faults: ['unknown-version', 'malformed', 'too-large'],
    again: (input) => encodeMessage(decodeMessage(input)),
  },
  {
    name: 'words of a message',
    covers: ['core/conversations/plaintext.ts decodeMessage'],
    corpus: messages.map(unpad),
    faults: ['unknown-version', 'malformed', 'too-large'],
    form: 'cbor',
    again: (input) => unpad(encodeMessage(decodeMessage(padded(input)))),
  },
  {
    name: 'presence',
    covers: ['core/conversations/presence-content.ts decodePresence'],
    corpus: encoded(conversations.presences),
    faults: ['unknown-version', 'malformed', 'too-large'],
    form: 'cbor',
    again: (input) => encodePresence(decodePresence(input)),
  },
]
