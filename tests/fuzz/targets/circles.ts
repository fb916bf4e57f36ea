import { concat, fromHex, u32, utf8, type Bytes } from '../../../core/base/bytes.ts'
import { decodeCircleMessage, encodeCircleMessage } from '../../../core/circles/content.ts'
import { memberKeys } from '../../../core/circles/keys.ts'
import {
  decodeChainKeys,
  decodeNotice,
  encodeChainKeys,
  encodeNotice,
  type NoticePlace,
} from '../../../core/circles/notice.ts'
import { decodeCircleRecord, encodeCircleRecord } from '../../../core/circles/record.ts'
import { decodeRoster, encodeRoster } from '../../../core/circles/roster.ts'
import { sign, type SigningKey } from '../../../core/crypto/sign.ts'
import vectors from '../../vectors/circle.json' with { type: 'json' }
import { fromVectors, type Target } from '../target.ts'

const [host, second] = vectors.members.map(({ seed }) => memberKeys(fromHex(seed)).sign) as [SigningKey, SigningKey]
const circle = fromHex(vectors.circle)
const place: NoticePlace = { circle, epoch: vectors.epoch, day: vectors.day }
const { members } = decodeRoster(fromHex(vectors.roster), host.publicKey)
const told = fromVectors(...vectors.told)

/** As its author would sign what was changed, so that what lies behind the signature is reached. */
function signAgain(label: string, context: Uint8Array, key: SigningKey): (input: Bytes) => Bytes {
  return (input) => {
    if (input.length < 65) return input
    const content = input.subarray(65)
    return concat(input.subarray(0, 1), sign(concat(utf8(label), context, content), key), content)
  }
}

/** What members of circles take from each other. */
export const circleTargets: readonly Target[] = [
  {
    name: 'roster of a circle',
    covers: ['core/circles/roster.ts decodeRoster'],
    corpus: fromVectors(vectors.roster),
    faults: ['unknown-version', 'malformed', 'too-large', 'bad-signature'],
    mend: signAgain('staffetta/circle/roster/1', new Uint8Array(), host),
    again: (input) => encodeRoster(decodeRoster(input, host.publicKey), host),
  },
  {
    name: 'notice in a circle',
    covers: ['core/circles/notice.ts decodeNotice'],
    corpus: told,
    faults: ['unknown-version', 'malformed', 'too-large', 'bad-signature'],
    mend: signAgain('staffetta/circle/notice/1', concat(circle, u32(place.epoch), u32(place.day)), second),
    again: (input) => {
      const notice = decodeNotice(input, place, members)
      return encodeNotice(notice, place, second)
    },
  },
  {
    name: 'keys in a notice',
    covers: ['core/circles/notice.ts decodeChainKeys'],
    corpus: [encodeChainKeys({ key: new Uint8Array(136), for: [new Uint8Array(104)] })],
    faults: ['malformed', 'too-large'],
    form: 'cbor',
    again: (input) => encodeChainKeys(decodeChainKeys(input)),
  },
  {
    name: 'message to a circle',
    covers: ['core/circles/content.ts decodeCircleMessage'],
    corpus: fromVectors(...vectors.said),
    faults: ['unknown-version', 'malformed', 'too-large'],
    form: 'cbor',
    again: (input) => encodeCircleMessage(decodeCircleMessage(input)),
  },
  {
    name: 'record of a circle',
    covers: ['core/circles/record.ts decodeCircleRecord'],
    corpus: fromVectors(...vectors.records),
    faults: ['unknown-version', 'malformed', 'too-large'],
    form: 'cbor',
    again: (input) => encodeCircleRecord(decodeCircleRecord(input)),
  },
]
