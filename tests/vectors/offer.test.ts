import { describe, expect, it } from 'vitest'
import type { OfferDraft } from '../../core/api/offers.ts'
import { fromHex, hex } from '../../core/base/bytes.ts'
import { shownMemoryWork } from '../../core/crypto/memory-work.ts'
import { signingKey } from '../../core/crypto/sign.ts'
import {
  decodeAnswer,
  decodeGreeting,
  decodeLetter,
  encodeAnswer,
  encodeGreeting,
  encodeLetter,
} from '../../core/introductions/content.ts'
import { introductionWork, replyAuthor, replyCapability, tokenMark } from '../../core/introductions/places.ts'
import { decodeToken, encodeToken } from '../../core/introductions/token-text.ts'
import { boxAuthor, offerPlace, shardOf, type OfferKind } from '../../core/offers/boards.ts'
import { decodeOffer, encodeOffer } from '../../core/offers/content.ts'
import { addressOf, readCapability, writeCapability } from '../../core/offers/introduction-address.ts'
import { decodeBundle, encodeBundle } from '../../core/ratchet/bundle.ts'
import vectors from './offer.json' with { type: 'json' }

it('the bundle is decoded, verified and encoded the same', () => {
  const bundle = fromHex(vectors.bundle)
  expect(encodeBundle(decodeBundle(bundle))).toEqual(bundle)
  expect(decodeBundle(bundle).registrationId()).toBe(0x1234)
  expect(decodeBundle(bundle).kyberPreKeyId()).toBe(7)
})

it.each(vectors.boards)('the board of $topic ($kind) in week $epoch', (board) => {
  const offerSecret = fromHex(board.offerSecret)
  const where = { kind: board.kind as OfferKind, topic: board.topic, epoch: board.epoch }
  const place = offerPlace(fromHex(board.secret), offerSecret, where, board.group)
  expect(shardOf(offerSecret, board.epoch, board.group)).toBe(board.shard)
  expect({
    writePublic: hex(place.writePublic),
    readPublic: hex(place.readPublic),
    bodyKey: hex(place.bodyKey),
    place: hex(place.place),
    author: hex(boxAuthor(offerSecret, where, board.group).publicKey),
  }).toEqual({
    writePublic: board.writePublic,
    readPublic: board.readPublic,
    bodyKey: board.bodyKey,
    place: board.place,
    author: board.author,
  })
})

describe.each(vectors.offers)('an offer', (vector) => {
  const persona = signingKey(fromHex(vector.personaSeed))
  const binding = { author: fromHex(vector.author), epoch: vector.epoch }
  const content = {
    draft: vector.draft as OfferDraft,
    pseudonym: vector.pseudonym,
    personaKey: persona.publicKey,
    bundle: fromHex(vectors.bundle),
    introduction: addressOf({
      writeSeed: fromHex(vector.writeSeed),
      readSeed: fromHex(vector.readSeed),
      sealSecret: fromHex(vector.sealSecret),
    }),
    expiryHours: vector.expiryHours,
    revision: vector.revision,
    vouches: vector.vouches.map(fromHex),
  }

  it('is written and read as the specification says', () => {
    expect(hex(encodeOffer(content, binding, persona))).toBe(vector.encoded)
    expect(decodeOffer(fromHex(vector.encoded), binding)).toEqual(content)
  })

  it.each(vectors.refusedOffers)('is refused: $why', ({ code, encoded }) => {
    expect(() => decodeOffer(fromHex(encoded), binding)).toThrow(expect.objectContaining({ code }))
  })
})

it.each(vectors.introductionPlaces)('the place of introductions', ({ writeSeed, readSeed, bodyKey, place }) => {
  const secrets = { writeSeed: fromHex(writeSeed), readSeed: fromHex(readSeed), sealSecret: new Uint8Array(32) }
  const read = readCapability(secrets)
  const write = writeCapability(addressOf(secrets))
  expect([hex(read.place), hex(write.place)]).toEqual([place, place])
  expect([hex(read.bodyKey), hex(write.bodyKey)]).toEqual([bodyKey, bodyKey])
})

it.each(vectors.letters)('a letter', ({ work, mark, identityKey, first, encoded }) => {
  const letter = { work: BigInt(work), mark: fromHex(mark), identityKey: fromHex(identityKey), first: fromHex(first) }
  expect(hex(encodeLetter(letter))).toBe(encoded)
  expect(decodeLetter(fromHex(encoded))).toEqual(letter)
})

it.each(vectors.tokens)('an invite token', ({ token, text, place, identityKey, mark }) => {
  expect(encodeToken(fromHex(token))).toBe(text)
  expect(decodeToken(text)).toEqual(fromHex(token))
  expect(hex(tokenMark(fromHex(token), fromHex(place), fromHex(identityKey)))).toBe(mark)
})

it.each(vectors.refusedTokens)('an invite token is refused: $why', ({ text, code }) => {
  expect(() => decodeToken(text)).toThrow(expect.objectContaining({ code }))
})

it.each(vectors.greetings)('a greeting', ({ pseudonym, text, to, rootA, encoded }) => {
  const greeting = { pseudonym, text, to: fromHex(to), rootA: fromHex(rootA) }
  expect(hex(encodeGreeting(greeting))).toBe(encoded)
  expect(decodeGreeting(fromHex(encoded))).toEqual(greeting)
})

it.each(vectors.answers)('an answer', ({ pseudonym, rootB, encoded }) => {
  const answer = { pseudonym, rootB: fromHex(rootB) }
  expect(hex(encodeAnswer(answer))).toBe(encoded)
  expect(decodeAnswer(fromHex(encoded))).toEqual(answer)
})

it.each(vectors.replies)('the place of the answer to $rootA', ({ rootA, author, ...expected }) => {
  const reply = replyCapability(fromHex(rootA))
  expect({
    writePublic: hex(reply.writePublic),
    readPublic: hex(reply.readPublic),
    bodyKey: hex(reply.bodyKey),
    place: hex(reply.place),
  }).toEqual(expected)
  expect(hex(replyAuthor(fromHex(rootA)).publicKey)).toBe(author)
})

it.each(vectors.work)('the work of an introduction', async ({ place, identityKey, boxAuthor, digest, bits }) => {
  const bound = introductionWork(fromHex(place), fromHex(identityKey), fromHex(boxAuthor))
  expect(hex(bound)).toBe(digest)
  for (const [nonce, found] of bits.entries()) {
    expect(await shownMemoryWork(bound, BigInt(nonce))).toBe(found)
  }
})
