import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isFault } from '../../core/base/fault.ts'
import type { Direction } from '../../core/conversations/chain.ts'
import { decodeFrame, encodeFrame } from '../../core/conversations/channel/frames.ts'
import { Initiator, Responder, type Ends, type PairSecret } from '../../core/conversations/channel/handshake.ts'

const key = fc.uint8Array({ minLength: 32, maxLength: 32 })
const peer = fc.uint8Array({ minLength: 1, maxLength: 64 })
const ends: fc.Arbitrary<Ends> = fc.record({ initiator: peer, responder: peer })
const secret: fc.Arbitrary<PairSecret> = fc.record({
  channelKey: key,
  initiatorWrites: fc.constantFrom<Direction>(0, 1),
})
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Each side with its own idea of secret and connection. @returns how far they come */
function meet(
  initiatorSide: { secret: PairSecret; ends: Ends },
  responderSide: { secrets: readonly PairSecret[]; ends: Ends },
): 'unknown' | 'answer refused' | 'open' {
  const initiator = new Initiator(initiatorSide.secret, initiatorSide.ends)
  const responder = Responder.find(initiator.hello, responderSide.ends, responderSide.secrets)
  if (responder === undefined) return 'unknown'
  try {
    responder.check(initiator.confirm(decodeFrame(encodeFrame(responder.answer))))
  } catch (error) {
    if (isFault(error, 'bad-signature')) return 'answer refused'
    throw error
  }
  return 'open'
}

function endsOf(initiator: number[], responder: number[]): Ends {
  return { initiator: Uint8Array.from(initiator), responder: Uint8Array.from(responder) }
}

function refused(body: () => unknown): void {
  expect(body).toThrow(expect.objectContaining({ name: 'Fault' }))
}

describe('the channel handshake', () => {
  it('opens for the same secret on the same connection, among many others', () => {
    fc.assert(
      fc.property(secret, ends, fc.array(secret, { maxLength: 8 }), (secret, ends, others) => {
        expect(meet({ secret, ends }, { secrets: [...others, secret, ...others], ends })).toBe('open')
      }),
    )
  })

  it('finds nothing with another secret, in the other role, or on another connection', () => {
    fc.assert(
      fc.property(secret, secret, ends, ends, (mine, yours, here, there) => {
        fc.pre(!same(mine, yours) && !same(here, there))
        expect(meet({ secret: mine, ends: here }, { secrets: [yours], ends: here })).toBe('unknown')
        expect(meet({ secret: mine, ends: here }, { secrets: [mine], ends: there })).toBe('unknown')
        const otherWay = { ...mine, initiatorWrites: (1 - mine.initiatorWrites) as Direction }
        expect(meet({ secret: mine, ends: here }, { secrets: [otherWay], ends: here })).toBe('unknown')
      }),
    )
  })

  it('does not let the length of one PeerId run into the other', () => {
    const secret: PairSecret = { channelKey: new Uint8Array(32), initiatorWrites: 0 }
    expect(meet({ secret, ends: endsOf([1, 2], [3]) }, { secrets: [secret], ends: endsOf([1], [2, 3]) })).toBe(
      'unknown',
    )
  })

  it('tells nobody what was said to another: replay, reflection and mixing are refused', () => {
    fc.assert(
      fc.property(secret, ends, (secret, ends) => {
        const initiator = new Initiator(secret, ends)
        const first = Responder.find(initiator.hello, ends, [secret])
        const second = Responder.find(initiator.hello, ends, [secret])
        if (first === undefined || second === undefined) throw new Error('not found')
        const confirm = initiator.confirm(first.answer)
        first.check(confirm)
        // a confirmation recorded on one run does not open another, although the hello is the same
        refused(() => second.check(confirm))
        // an answer recorded before does not fit a new hello
        refused(() => new Initiator(secret, ends).confirm(first.answer))
        // a hello or an answer sent back to its sender is no proof
        refused(() => initiator.confirm(initiator.hello))
        refused(() => first.check(first.answer))
        if (first.answer.kind !== 'answer') throw new Error('not an answer')
        const proof = first.answer.proof
        refused(() => second.check({ kind: 'confirm', proof }))
        // reflected on a connection that the same two opened the other way round
        const back = { initiator: ends.responder, responder: ends.initiator }
        fc.pre(!same(back, ends))
        expect(Responder.find(initiator.hello, back, [secret])).toBeUndefined()
      }),
    )
  })

  it('refuses a changed bit in every frame', () => {
    fc.assert(
      fc.property(secret, ends, fc.nat(63), fc.integer({ min: 1, max: 255 }), (secret, ends, at, flip) => {
        const spoil = (bytes: Uint8Array, at: number): void => {
          bytes[at] = (bytes[at] ?? 0) ^ flip
        }
        const initiator = new Initiator(secret, ends)
        if (initiator.hello.kind !== 'hello') throw new Error('not a hello')
        const hello = structuredClone(initiator.hello)
        spoil(at < 32 ? hello.nonce : hello.tag, at % 32)
        expect(Responder.find(hello, ends, [secret])).toBeUndefined()
        const responder = Responder.find(initiator.hello, ends, [secret])
        if (responder?.answer.kind !== 'answer') throw new Error('not an answer')
        const answer = structuredClone(responder.answer)
        spoil(at < 32 ? answer.nonce : answer.proof, at % 32)
        expect(() => initiator.confirm(answer)).toThrow(expect.objectContaining({ code: 'bad-signature' }))
        const confirm = structuredClone(initiator.confirm(responder.answer))
        if (confirm.kind !== 'confirm') throw new Error('not a confirmation')
        spoil(confirm.proof, at % 32)
        expect(() => responder.check(confirm)).toThrow(expect.objectContaining({ code: 'bad-signature' }))
      }),
    )
  })
})
