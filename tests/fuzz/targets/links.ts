import { base32 } from '../../../core/base/base32.ts'
import { concat, fromHex, utf8, type Bytes } from '../../../core/base/bytes.ts'
import { decodeAddress, encodeAddress } from '../../../core/community/address.ts'
import { decodeBody, encodeBody } from '../../../core/community/link-body.ts'
import { decodeLink, encodeLink, type Link } from '../../../core/community/link.ts'
import { sha256 } from '../../../core/crypto/derive.ts'
import { parseAddresses } from '../../../core/network/addresses.ts'
import { decodeKeyFile, encodeKeyFile, openSlot } from '../../../core/vault/key-file.ts'
import vectors from '../../vectors/invite.json' with { type: 'json' }
import keyFile from '../../vectors/key-file.json' with { type: 'json' }
import { fromVectors, loose, type Target } from '../target.ts'

const bodies = fromVectors(...vectors.accepted.map(({ bytes }) => bytes))
const texts = vectors.accepted.map(({ text }) => text)
const addresses = vectors.accepted.flatMap(({ link: { nodes } }) => nodes)
const stretched = fromHex(keyFile.stretched)

/** With the checksum that belongs to what stands before it. */
function mended(input: Bytes, label: string, length: number): Bytes {
  const body = input.subarray(0, Math.max(0, input.length - length))
  return concat(body, sha256(utf8(label), body).subarray(0, length))
}

const mendBody = (input: Bytes): Bytes => mended(input, 'staffetta/link/1', 8)
const mendKeyFile = (input: Bytes): Bytes => mended(input, 'staffetta/key-file/1', 32)

/** What is pasted may hold much that is not written again; what is written must be read as the same link. */
function settled(link: Link): 'accepted' {
  const text = encodeLink(link)
  if (encodeLink(decodeLink(text, vectors.now)) !== text) throw new Error('The link is written otherwise each time')
  return 'accepted'
}

const utf16 = (text: string): Bytes => new Uint8Array(Buffer.from(text, 'utf16le'))

/** What people paste, and what lies on their disk. */
export const linkTargets: readonly Target[] = [
  {
    name: 'bytes of a link',
    covers: ['core/community/link-body.ts decodeBody'],
    corpus: bodies,
    faults: ['malformed', 'unknown-version'],
    mend: mendBody,
    again: (input) => encodeBody(decodeBody(input)),
  },
  {
    name: 'link',
    covers: ['core/community/link.ts decodeLink'],
    corpus: texts.flatMap((text) => [utf8(text), utf8(`Join us!\n> ${text.toUpperCase()}.\n`)]),
    faults: ['invite-mangled', 'invite-unknown-version', 'invite-expired'],
    again: (input) => settled(decodeLink(loose(input), vectors.now)),
  },
  {
    name: 'link with a checksum that fits',
    covers: ['core/community/link.ts decodeLink'],
    corpus: bodies,
    faults: ['invite-mangled', 'invite-unknown-version', 'invite-expired'],
    mend: mendBody,
    again: (input) =>
      settled(decodeLink(`staffetta:${input[1] === 2 ? 'node' : 'invite'}:${base32(input)}`, vectors.now)),
  },
  {
    name: 'link with half characters',
    covers: ['core/community/link.ts decodeLink'],
    corpus: texts.map(utf16),
    faults: ['invite-mangled', 'invite-unknown-version', 'invite-expired'],
    again: (input) => settled(decodeLink(Buffer.from(input).toString('utf16le'), vectors.now)),
  },
  {
    name: 'address of a node',
    covers: ['core/community/address.ts decodeAddress'],
    corpus: addresses.map(encodeAddress),
    faults: ['malformed'],
    again: (input) => encodeAddress(decodeAddress(input)),
  },
  {
    name: 'text of an address',
    covers: ['core/network/addresses.ts parseAddresses'],
    corpus: addresses.map(utf8),
    faults: [],
    again: (input) => (parseAddresses([loose(input)]).map(String).length > 0 ? 'accepted' : 'refused'),
  },
  {
    name: 'key file',
    covers: ['core/vault/key-file.ts decodeKeyFile'],
    corpus: fromVectors(keyFile.bytes),
    faults: ['vault-damaged', 'vault-newer'],
    mend: mendKeyFile,
    again: (input) => encodeKeyFile(decodeKeyFile(input)),
  },
  {
    name: 'slot of a key file',
    covers: ['core/vault/key-file.ts openSlot'],
    corpus: fromVectors(keyFile.bytes),
    faults: ['vault-damaged', 'vault-newer', 'wrong-passphrase'],
    mend: mendKeyFile,
    again: (input) => (openSlot(decodeKeyFile(input), stretched), 'accepted'),
  },
]
