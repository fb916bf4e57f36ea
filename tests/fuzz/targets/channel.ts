import { fromHex, type Bytes } from '../../../core/base/bytes.ts'
import { isFault } from '../../../core/base/fault.ts'
import { decodeFrame, encodeFrame, frameLengths } from '../../../core/conversations/channel/frames.ts'
import { Initiator, Responder, type Ends, type PairSecret } from '../../../core/conversations/channel/handshake.ts'
import { pad, unpad } from '../../../core/crypto/pad.ts'
import vectors from '../../vectors/conversation.json' with { type: 'json' }
import { fromVectors, type Target } from '../target.ts'

const frames = fromVectors(
  ...vectors.frames.map(({ encoded }) => encoded),
  ...vectors.handshakes.flatMap(({ hello, answer, confirm }) => [hello, answer, confirm]),
)
const hellos = fromVectors(...vectors.handshakes.map(({ hello }) => hello))

/** The two conversations of the vectors, each between its ends. */
const known = vectors.handshakes.map((handshake) => ({
  secret: {
    channelKey: fromHex(handshake.channelKey),
    initiatorWrites: handshake.direction === 0 ? 0 : 1,
  } as PairSecret,
  ends: { initiator: fromHex(handshake.initiator), responder: fromHex(handshake.responder) } as Ends,
  hello: fromHex(handshake.hello),
}))

function padded(input: Bytes): Bytes {
  const length = frameLengths.find((length) => input.length < length)
  return length === undefined ? input : pad(input, length)
}

/** The live channel, from its first frame on. */
export const channelTargets: readonly Target[] = [
  {
    name: 'channel frame',
    covers: ['core/conversations/channel/frames.ts decodeFrame'],
    corpus: frames,
    faults: ['unknown-version', 'malformed', 'too-large'],
    again: (input) => encodeFrame(decodeFrame(input)),
  },
  {
    name: 'fields of a channel frame',
    covers: ['core/conversations/channel/frames.ts decodeFrame'],
    corpus: frames.map(unpad),
    faults: ['unknown-version', 'malformed', 'too-large'],
    again: (input) => unpad(encodeFrame(decodeFrame(padded(input)))),
  },
  {
    name: 'hello of a channel',
    covers: ['core/conversations/channel/handshake.ts Responder'],
    corpus: hellos,
    faults: ['unknown-version', 'malformed', 'too-large'],
    again(input) {
      const hello = decodeFrame(input)
      const found = known.some(({ secret, ends }) => Responder.find(hello, ends, [secret]) !== undefined)
      return found ? 'accepted' : 'refused'
    },
  },
  {
    // nonces are fresh, so nothing that was said before can fit
    name: 'answer and confirmation of a channel',
    covers: ['core/conversations/channel/handshake.ts Initiator'],
    corpus: fromVectors(...vectors.handshakes.flatMap(({ answer, confirm }) => [answer, confirm])),
    faults: ['unknown-version', 'malformed', 'too-large'],
    again(input) {
      const frame = decodeFrame(input)
      try {
        for (const { secret, ends, hello } of known) {
          if (frame.kind === 'answer') new Initiator(secret, ends).confirm(frame)
          else Responder.find(decodeFrame(hello), ends, [secret])?.check(frame)
        }
        throw new Error('A proof that nobody can have made was taken')
      } catch (error) {
        if (isFault(error, 'bad-signature')) return 'refused'
        throw error
      }
    },
  },
]
