import { concat, equal, u16, u8, utf8, type Bytes } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import { hmac } from '../../crypto/derive.ts'
import { random } from '../../crypto/random.ts'
import type { Direction } from '../chain.ts'
import { nonceLength, type Frame } from './frames.ts'

/** The connection that a handshake is bound to: PeerIds as the connection authenticated them (multihash bytes). */
export interface Ends {
  readonly initiator: Uint8Array
  readonly responder: Uint8Array
}

/** What both sides of a pair hold. */
export interface PairSecret {
  /** HKDF(root, "staffetta/channel/1", 32) */
  readonly channelKey: Uint8Array
  /** In which direction the initiator writes: a copy of one's own vault is not the other side. */
  readonly initiatorWrites: Direction
}

/**
 * Three frames by which both sides show that they hold the pair's secret, on
 * this connection and now. PROTOCOL.md section "Channel handshake":
 *
 *     ends    = u16(len) ‖ initiator PeerId ‖ u16(len) ‖ responder PeerId
 *     tag     = HMAC(key, "staffetta/channel/hello/1" ‖ u8(direction) ‖ nonceI ‖ ends)
 *     proofR  = HMAC(key, "staffetta/channel/answer/1" ‖ u8(direction) ‖ nonceI ‖ nonceR ‖ ends)
 *     proofI  = HMAC(key, "staffetta/channel/confirm/1" ‖ u8(direction) ‖ nonceI ‖ nonceR ‖ ends)
 *
 * The tag lets the responder find the conversation and tells others nothing.
 */
function tagOf(secret: PairSecret, ends: Ends, nonceI: Bytes): Bytes {
  return mac('staffetta/channel/hello/1', secret, nonceI, bound(ends))
}

function answerProof(secret: PairSecret, ends: Ends, nonceI: Bytes, nonceR: Bytes): Bytes {
  return mac('staffetta/channel/answer/1', secret, nonceI, nonceR, bound(ends))
}

function confirmProof(secret: PairSecret, ends: Ends, nonceI: Bytes, nonceR: Bytes): Bytes {
  return mac('staffetta/channel/confirm/1', secret, nonceI, nonceR, bound(ends))
}

function mac(label: string, { channelKey, initiatorWrites }: PairSecret, ...parts: Bytes[]): Bytes {
  return hmac(channelKey, utf8(label), u8(initiatorWrites), ...parts)
}

function bound({ initiator, responder }: Ends): Bytes {
  return concat(u16(initiator.length), initiator, u16(responder.length), responder)
}

/** The side that opened the stream: `hello`, then `confirm` with what came back. */
export class Initiator {
  readonly hello: Frame
  readonly #secret: PairSecret
  readonly #ends: Ends
  readonly #nonce: Bytes

  constructor(secret: PairSecret, ends: Ends) {
    this.#secret = secret
    this.#ends = ends
    this.#nonce = random(nonceLength)
    this.hello = { kind: 'hello', nonce: this.#nonce, tag: tagOf(secret, ends, this.#nonce) }
  }

  /** @throws Fault `bad-signature` where the other does not hold the secret */
  confirm(answer: Frame): Frame {
    if (answer.kind !== 'answer') throw new Fault('malformed', 'Not the frame of this step')
    if (!equal(answer.proof, answerProof(this.#secret, this.#ends, this.#nonce, answer.nonce))) {
      throw new Fault('bad-signature', 'The other side of the channel is not who it should be')
    }
    return { kind: 'confirm', proof: confirmProof(this.#secret, this.#ends, this.#nonce, answer.nonce) }
  }
}

/** The side that a stream was opened to, once it found the conversation. */
export class Responder<Known extends PairSecret> {
  readonly answer: Frame
  readonly known: Known
  readonly #expected: Bytes

  private constructor(known: Known, ends: Ends, nonceI: Bytes) {
    const nonceR = random(nonceLength)
    this.known = known
    this.answer = { kind: 'answer', nonce: nonceR, proof: answerProof(known, ends, nonceI, nonceR) }
    this.#expected = confirmProof(known, ends, nonceI, nonceR)
  }

  /**
   * Looks for the conversation that a hello is for among all that this side
   * has. All are tried, so that time does not tell which one fits.
   *
   * @returns undefined where there is none: the stream is then closed without a word
   * @throws Fault `malformed`
   */
  static find<Known extends PairSecret>(
    hello: Frame,
    ends: Ends,
    conversations: Iterable<Known>,
  ): Responder<Known> | undefined {
    if (hello.kind !== 'hello') throw new Fault('malformed', 'Not the frame of this step')
    let found: Known | undefined
    for (const known of conversations) {
      if (equal(hello.tag, tagOf(known, ends, hello.nonce))) found = known
    }
    return found === undefined ? undefined : new Responder(found, ends, hello.nonce)
  }

  /** @throws Fault `bad-signature` where the initiator does not hold the secret, or repeats what another said */
  check(confirm: Frame): void {
    if (confirm.kind !== 'confirm') throw new Fault('malformed', 'Not the frame of this step')
    if (!equal(confirm.proof, this.#expected)) {
      throw new Fault('bad-signature', 'The other side of the channel is not who it should be')
    }
  }
}
