import { utf8, type Bytes } from '../../core/base/bytes.ts'
import { encodeMemberCode } from '../../core/charter/code.ts'
import { encodeCharter, type Charter } from '../../core/charter/content.ts'
import { signDocument } from '../../core/commons/document.ts'
import { encodeMeta } from '../../core/library/content.ts'
import { sha256 } from '../../core/crypto/derive.ts'
import { boxKey } from '../../core/crypto/seal.ts'
import { signingKey, type SigningKey } from '../../core/crypto/sign.ts'

/** The same in every run. */
export const bytesFor = (label: string): Bytes => sha256(utf8(`staffetta test sample: ${label}`))
export const keyFor = (label: string): SigningKey => signingKey(bytesFor(label))

export const networkKey = bytesFor('network key')
export const founder = keyFor('founder')

const guardian = (name: string) => ({
  name,
  signKey: keyFor(`${name} signs`).publicKey,
  boxKey: boxKey(bytesFor(`${name} opens`)).publicKey,
})

export const charterSample: Charter = {
  guardians: [guardian('Maple'), guardian('Guardiana 織り手')],
  editors: [{ name: 'Rowan', personaKey: keyFor('Rowan').publicKey }],
  topics: [
    {
      id: 'own-abcdefgh',
      words: { en: { name: 'Choir', also: ['Rehearsals'] }, it: { name: 'Coro', also: [] } },
      near: ['singing', 'own-ijklmnop'],
    },
    { id: 'own-ijklmnop', words: { it: { name: 'Archivio', also: ['carte', 'storia nostra'] } }, near: [] },
  ],
}

const head = (body: Bytes, version = 1): Bytes =>
  signDocument(
    { area: 'charter', key: new Uint8Array(16), version, at: 1_796_000_000_000, meta: new Uint8Array(0), body },
    founder,
  )

export const documentSamples: readonly Bytes[] = [
  head(encodeCharter(charterSample)),
  head(new Uint8Array(0), 0xffff_ffff),
  head(new Uint8Array(17_000).fill(7), 2),
  head(new Uint8Array(48_000).fill(8), 3),
]

export const memberCodeSamples: readonly string[] = [
  encodeMemberCode({ kind: 'guardian', ...guardian('Maple') }, networkKey),
  encodeMemberCode({ kind: 'editor', personaKey: keyFor('Rowan').publicKey }, networkKey),
]

const article = bytesFor('article').slice(0, 16)
export const articleSamples: readonly Bytes[] = [
  encodeMeta({ article, language: 'it', title: 'La nostra storia', topics: ['queer-history'], withdrawn: false }),
  encodeMeta({ article, language: 'ja', title: '織り手', topics: [], withdrawn: false }),
  encodeMeta({ article, language: 'it', title: '-', topics: [], withdrawn: true }),
]
