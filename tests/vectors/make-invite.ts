import { writeFileSync } from 'node:fs'
import { multiaddr } from '@multiformats/multiaddr'
import { base32 } from '../../core/base/base32.ts'
import { concat, hex, u32, u64, u8, utf8, type Bytes } from '../../core/base/bytes.ts'
import { encodeBody, type InviteLink, type Link } from '../../core/community/link-body.ts'
import { encodeLink, noCharter } from '../../core/community/link.ts'
import { sha256 } from '../../core/crypto/derive.ts'
import { signingKey } from '../../core/crypto/sign.ts'
import { nodeAddress } from '../support/node-address.ts'

/*
 * Writes invite.json, always the same: `node tests/vectors/make-invite.ts`.
 * PROTOCOL.md section "Links".
 */
const now = Date.UTC(2026, 10, 18, 12)
const day = 86_400_000
const epoch = 2967
const bytesFor = (label: string): Bytes => sha256(utf8(`staffetta test vector: ${label}`))

const invite: InviteLink = {
  kind: 'invite',
  name: 'Weavers',
  networkKey: bytesFor('network key'),
  epoch,
  secret: bytesFor('community secret'),
  founder: signingKey(bytesFor('founder seed')).publicKey,
  charter: { version: 3, digest: bytesFor('charter').slice(0, 16) },
  nodes: [nodeAddress(3), nodeAddress(1)],
  expiresAt: now + 7 * day,
}

const accepted: readonly (readonly [name: string, link: Link])[] = [
  ['an invite with two nodes', invite],
  ['an invite without a node, in letters of several scripts', { ...invite, name: 'Tessitrici 織り手 🧵', nodes: [] }],
  ['the longest name and as many nodes as fit', { ...invite, name: 'x'.repeat(60), nodes: manyNodes(8) }],
  ['an invite of a community whose founder has published no charter', { ...invite, charter: noCharter, nodes: [] }],
  ['an invite in its last millisecond', { ...invite, expiresAt: now + 1 }],
  ['a node link', { kind: 'node', networkKey: invite.networkKey, nodes: [nodeAddress(2)] }],
  ['a node link without a node', { kind: 'node', networkKey: invite.networkKey, nodes: [] }],
]

const text = encodeLink(invite)
const body = encodeBody(invite).slice(0, -8)
const head = body.slice(0, 130)

/** A text whose checksum fits, whatever the body. */
function sealed(bytes: Uint8Array, kind = 'invite'): string {
  return `staffetta:${kind}:${base32(concat(bytes, sha256(utf8('staffetta/link/1'), bytes).subarray(0, 8)))}`
}

function named(name: Uint8Array, ...nodes: Uint8Array[]): Bytes {
  const listed = nodes.map((bytes) => concat(u8(bytes.length), bytes))
  return concat(head, u8(name.length), name, u8(nodes.length), ...listed)
}

function manyNodes(count: number): string[] {
  return Array.from({ length: count }, (_, i) => nodeAddress(i + 1))
}

const node = multiaddr(nodeAddress(1)).bytes
const refused: readonly (readonly [name: string, text: string, code: string])[] = [
  ['nothing', '', 'invite-mangled'],
  ['no link', 'Come on Thursday at six', 'invite-mangled'],
  ['the label alone', 'staffetta:invite:', 'invite-mangled'],
  ['cut in the middle', text.slice(0, text.length / 2), 'invite-mangled'],
  ['without its last letter', text.slice(0, -1), 'invite-mangled'],
  ['one letter changed', text.slice(0, 40) + (text[40] === 'q' ? 'r' : 'q') + text.slice(41), 'invite-mangled'],
  ['two letters swapped', swapped(text), 'invite-mangled'],
  ['a letter outside the alphabet', `${text.slice(0, -1)}1`, 'invite-mangled'],
  ['two labels', `${text} ${text}`, 'invite-mangled'],
  ['the label of the other kind', text.replace('invite', 'node'), 'invite-mangled'],
  ['expired this very millisecond', encodeLink({ ...invite, expiresAt: now }), 'invite-expired'],
  ['expired long ago', encodeLink({ ...invite, epoch: 2000, expiresAt: 1_210_000_000_000 }), 'invite-expired'],
  ['version 1', sealed(body.with(0, 1)), 'invite-unknown-version'],
  ['version 255, and nothing else', sealed(Uint8Array.of(255, 0)), 'invite-unknown-version'],
  ['version 0', sealed(body.with(0, 0)), 'invite-unknown-version'],
  ['version 3', sealed(body.with(0, 3)), 'invite-unknown-version'],
  ['an unknown kind', sealed(body.with(1, 3)), 'invite-mangled'],
  ['a trailing byte', sealed(concat(body, u8(0))), 'invite-mangled'],
  ['a byte short', sealed(body.slice(0, -1)), 'invite-mangled'],
  [
    'an expiry at its epoch',
    sealed(concat(body.slice(0, 70), u64(epochStartOf(epoch)), body.slice(78))),
    'invite-mangled',
  ],
  [
    'an expiry 46 days on',
    sealed(concat(body.slice(0, 70), u64(epochStartOf(epoch) + 46 * day), body.slice(78))),
    'invite-mangled',
  ],
  ['an epoch of another century', sealed(concat(body.slice(0, 34), u32(1), body.slice(38))), 'invite-mangled'],
  [
    'a charter without its digest',
    sealed(concat(body.slice(0, 114), new Uint8Array(16), body.slice(130))),
    'invite-mangled',
  ],
  ['the digest of no charter', sealed(concat(body.slice(0, 110), u32(0), body.slice(114))), 'invite-mangled'],
  ['an empty name', sealed(named(utf8(''))), 'invite-mangled'],
  ['a name that is not UTF-8', sealed(named(Uint8Array.of(0xc3, 0x28))), 'invite-mangled'],
  ['a name that turns the line around', sealed(named(utf8('a\u202eb'))), 'invite-mangled'],
  ['a name of 61 letters', sealed(named(utf8('x'.repeat(61)))), 'invite-mangled'],
  ['a node twice', sealed(named(utf8('Weavers'), node, node)), 'invite-mangled'],
  ['nine nodes', sealed(named(utf8('Weavers'), ...manyNodes(9).map((a) => multiaddr(a).bytes))), 'invite-mangled'],
  [
    'a node without a peer id',
    sealed(named(utf8('Weavers'), multiaddr('/ip4/192.0.2.1/tcp/4001').bytes)),
    'invite-mangled',
  ],
  ['a node that is no address', sealed(named(utf8('Weavers'), bytesFor('noise'))), 'invite-mangled'],
]

function swapped(link: string): string {
  const at = Array.from(link).findIndex((letter, i) => i > 60 && letter !== link[i + 1])
  return link.slice(0, at) + (link[at + 1] ?? '') + (link[at] ?? '') + link.slice(at + 2)
}

function epochStartOf(epoch: number): number {
  return (345_600 + epoch * 604_800) * 1000
}

/** The link as JSON: bytes in hexadecimal. */
export function jsonOf(link: Link): Record<string, unknown> {
  return JSON.parse(JSON.stringify(link, (_, value: unknown) => (value instanceof Uint8Array ? hex(value) : value)))
}

export function inviteVectors(): unknown {
  return {
    section: 'Links',
    now,
    accepted: accepted.map(([name, link]) => ({
      name,
      link: jsonOf(link),
      bytes: hex(encodeBody(link)),
      text: encodeLink(link),
    })),
    refused: refused.map(([name, text, code]) => ({ name, text, code })),
  }
}

if (import.meta.main) {
  writeFileSync(new URL('invite.json', import.meta.url), `${JSON.stringify(inviteVectors(), null, 2)}\n`)
}
