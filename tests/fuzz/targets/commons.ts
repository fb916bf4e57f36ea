import { concat, utf8, type Bytes } from '../../../core/base/bytes.ts'
import { base32, fromBase32 } from '../../../core/base/base32.ts'
import { decodeMemberCode, encodeMemberCode } from '../../../core/charter/code.ts'
import { decodeCharter, emptyCharter, encodeCharter } from '../../../core/charter/content.ts'
import { decodeHead, requireSigned } from '../../../core/commons/document.ts'
import { sha256 } from '../../../core/crypto/derive.ts'
import { decodeMeta, decodeText, encodeMeta, encodeText } from '../../../core/library/content.ts'
import {
  articleSamples,
  charterSample,
  documentSamples,
  memberCodeSamples,
  networkKey,
} from '../../support/charter-samples.ts'
import { loose, type Target } from '../target.ts'

const letters = memberCodeSamples.map((text) => text.replace(/^.*:/, ''))

function mendCode(input: Bytes): Bytes {
  const body = input.subarray(0, Math.max(0, input.length - 8))
  return concat(body, sha256(utf8('staffetta/member-code/1'), networkKey, body).subarray(0, 8))
}

/** What the community has in common, and what somebody hands to its founder. */
export const commonsTargets: readonly Target[] = [
  {
    name: 'head of a document',
    covers: ['core/commons/document.ts decodeHead'],
    corpus: documentSamples,
    faults: ['too-large', 'malformed', 'unknown-version', 'bad-signature'],
    form: 'cbor',
    again: (input) => {
      decodeHead(input)
      requireSigned(input)
      return 'accepted'
    },
  },
  {
    name: 'charter',
    covers: ['core/charter/content.ts decodeCharter'],
    corpus: [encodeCharter(charterSample), encodeCharter(emptyCharter)],
    faults: ['too-large', 'malformed', 'unknown-version'],
    form: 'cbor',
    again: (input) => encodeCharter(decodeCharter(input)),
  },
  {
    name: 'article',
    covers: ['core/library/content.ts decodeMeta'],
    corpus: articleSamples,
    faults: ['too-large', 'malformed', 'unknown-version'],
    form: 'cbor',
    again: (input) => encodeMeta(decodeMeta(input)),
  },
  {
    name: 'text of an article',
    covers: ['core/library/content.ts decodeText'],
    corpus: [utf8('# Anni\n\n- una *festa*\n\tcodice\n'), utf8('x')],
    faults: ['malformed'],
    again: (input) => (input.length === 0 ? input : encodeText(decodeText(input))),
  },
  {
    name: 'member code',
    covers: ['core/charter/code.ts decodeMemberCode'],
    corpus: memberCodeSamples.flatMap((text) => [utf8(text), utf8(`\n> ${text.toUpperCase()}\n`)]),
    faults: ['invite-mangled', 'invite-unknown-version'],
    again: (input) => (decodeMemberCode(loose(input), networkKey), 'accepted'),
  },
  {
    name: 'member code with a checksum that fits',
    covers: ['core/charter/code.ts decodeMemberCode'],
    corpus: letters.map(fromBase32),
    faults: ['invite-mangled', 'invite-unknown-version'],
    mend: mendCode,
    again: (input) => {
      const code = decodeMemberCode(`staffetta:${input[1] === 2 ? 'editor' : 'guardian'}:${base32(input)}`, networkKey)
      return fromBase32(encodeMemberCode(code, networkKey).replace(/^.*:/, ''))
    },
  },
]
