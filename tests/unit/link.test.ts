import { multiaddr } from '@multiformats/multiaddr'
import { describe, expect, it } from 'vitest'
import { base32 } from '../../core/base/base32.ts'
import { concat, u32, u64, u8, utf8 } from '../../core/base/bytes.ts'
import { decodeAddress, encodeAddress, usableAddresses } from '../../core/community/address.ts'
import { epochOf, epochStart } from '../../core/community/epoch.ts'
import { encodeBody } from '../../core/community/link-body.ts'
import { decodeLink, encodeLink, maxLinkNodes, type InviteLink, type NodeLink } from '../../core/community/link.ts'
import { sha256 } from '../../core/crypto/derive.ts'
import { signingKey } from '../../core/crypto/sign.ts'
import { faultOf } from '../support/faults.ts'
import { nodeAddress, nodePeerId } from '../support/node-address.ts'

const day = 86_400_000
const now = Date.UTC(2026, 10, 18, 12)
const invite: InviteLink = {
  kind: 'invite',
  name: 'Tessitrici di Vèrona 🧵',
  networkKey: sha256(utf8('network')),
  epoch: epochOf(now),
  secret: sha256(utf8('secret')),
  founder: signingKey(sha256(utf8('founder'))).publicKey,
  charter: { version: 7, digest: sha256(utf8('charter')).slice(0, 16) },
  nodes: [nodeAddress(1), nodeAddress(2), nodeAddress(3)],
  expiresAt: now + 7 * day,
}
const node: NodeLink = { kind: 'node', networkKey: invite.networkKey, nodes: [nodeAddress(3)] }
const text = encodeLink(invite)

/** What `decodeLink` says of hand-made bytes whose checksum is right. */
const faultOfBody = (body: Uint8Array, kind = 'invite'): Promise<string> => {
  const whole = concat(body, sha256(utf8('staffetta/link/1'), body).subarray(0, 8))
  return faultOf(() => decodeLink(`staffetta:${kind}:${base32(whole)}`, now))
}
const body = encodeBody(invite).slice(0, -8)

describe('a link', () => {
  it('says what it is to a person and gives back what was put in', () => {
    expect(text).toMatch(/^staffetta:invite:[a-z2-7]+$/)
    expect(encodeLink(node)).toMatch(/^staffetta:node:[a-z2-7]+$/)
    expect(decodeLink(text, now)).toEqual(invite)
    expect(decodeLink(encodeLink(node), now)).toEqual(node)
    expect(decodeLink(encodeLink({ ...invite, nodes: [] }), now)).toEqual({ ...invite, nodes: [] })
  })

  const travelled: Record<string, (text: string) => string> = {
    'white space around it': (text) => `\n  ${text}\t\r\n`,
    'lines broken anywhere': (text) => text.replace(/.{19}/g, '$&\r\n'),
    'spaces anywhere': (text) => text.replace(/.{5}/g, '$& '),
    'quoted lines of a mail': (text) => text.replace(/^|.{60}/g, '$&\n> '),
    'capitals from a QR code': (text) => text.toUpperCase(),
    'a capital by a helpful keyboard': (text) => text.charAt(0).toUpperCase() + text.slice(1),
    'invisible characters of a chat app': (text) => `\u2068\ufeff${text.replace(/.{31}/g, '$&\u200b\u00ad')}\u2069`,
    'no-break spaces': (text) => `\u00a0${text.replace(/.{31}/g, '$&\u202f')}`,
    'quotes around it': (text) => `“${text}”`,
    'brackets and a full stop': (text) => `(<${text}>).`,
    'Markdown around it': (text) => `**\`${text}\`**`,
    'our name before it': (text) => `Staffetta: ${text}`,
    'words before it': (text) => `Ciao! Come in, it is cosy: ${text}`,
    'the form of an address': (text) => text.replace('staffetta:invite:', 'staffetta://invite/'),
    'a slash at its end': (text) => `${text}/`,
  }
  for (const [what, travel] of Object.entries(travelled)) {
    it(`survives ${what}`, () => expect(decodeLink(travel(text), now)).toEqual(invite))
  }

  const mangled: Record<string, string> = {
    nothing: '',
    'another text': 'Come on Thursday at six',
    'its first half': text.slice(0, text.length / 2),
    'all but its last letter': text.slice(0, -1),
    'one letter more': `${text}a`,
    'words behind it': `${text} and bring cake`,
    'the same link twice': `${text}\n${text}`,
    'two links': `${text} ${text}`,
    'only its letters': text.slice('staffetta:invite:'.length),
    'the word of the other kind': text.replace(':invite:', ':node:'),
    'a word of no kind': text.replace(':invite:', ':party:'),
    'a letter that is none of ours': text.replace(/.$/, '1'),
    'letters of another script': text.replace(/.$/, 'а'),
    'half a character': `${text}\ud800`,
    'far too much': 'staffetta:invite:'.repeat(5000),
    'far too many letters': `staffetta:invite:${'a'.repeat(5000)}`,
  }
  for (const [what, pasted] of Object.entries(mangled)) {
    it(`is mangled: ${what}`, async () => expect(await faultOf(() => decodeLink(pasted, now))).toBe('invite-mangled'))
  }

  it('is mangled where any one letter was changed', async () => {
    for (let at = 'staffetta:invite:'.length; at < text.length; at++) {
      const other = text.charAt(at) === 'q' ? 'r' : 'q'
      const changed = text.slice(0, at) + other + text.slice(at + 1)
      expect(await faultOf(() => decodeLink(changed, now))).toBe('invite-mangled')
    }
  })

  it('expires at its time, and a node link never', async () => {
    expect(decodeLink(text, invite.expiresAt - 1)).toEqual(invite)
    expect(await faultOf(() => decodeLink(text, invite.expiresAt))).toBe('invite-expired')
    expect(decodeLink(encodeLink(node), now + 5000 * day)).toEqual(node)
  })

  it('of a newer version is told from a mangled one', async () => {
    expect(await faultOfBody(body.with(0, 3))).toBe('invite-unknown-version')
    expect(await faultOfBody(Uint8Array.of(9, 9, 9, 9))).toBe('invite-unknown-version')
    expect(await faultOfBody(body.with(0, 3).slice(0, -1))).toBe('invite-unknown-version')
  })

  const head = body.slice(0, 130)
  const named = (name: Uint8Array): Uint8Array => concat(head, u8(name.length), name)
  const withNodes = (...nodes: Uint8Array[]): Uint8Array =>
    concat(named(utf8('Weavers')), u8(nodes.length), ...nodes.map((bytes) => concat(u8(bytes.length), bytes)))
  const address = encodeAddress(nodeAddress(1))
  const lies: Record<string, Uint8Array> = {
    'a kind of nothing': body.with(1, 0),
    'a kind of none': body.with(1, 3),
    'a kind whose fields are others': body.with(1, 2),
    'it ends early': body.slice(0, -1),
    'bytes are left': concat(body, u8(0)),
    'an expiry before its epoch': concat(body.slice(0, 70), u64(epochStart(invite.epoch)), body.slice(78)),
    'an expiry that keeps the ratchet busy': concat(body.slice(0, 34), u32(1), body.slice(38)),
    'an expiry past all numbers': concat(body.slice(0, 70), u64(2n ** 64n - 1n), body.slice(78)),
    'a charter without its digest': concat(body.slice(0, 114), new Uint8Array(16), body.slice(130)),
    'the digest of no charter': concat(body.slice(0, 110), u32(0), body.slice(114)),
    'an empty name': concat(named(utf8('')), u8(0)),
    'a name in no encoding': concat(named(Uint8Array.of(0xff, 0xfe)), u8(0)),
    'a name that turns the text around': concat(named(utf8('a\u202eb')), u8(0)),
    'a name of two lines': concat(named(utf8('a\nb')), u8(0)),
    'a name with spaces around it': concat(named(utf8(' a ')), u8(0)),
    'a name too long': concat(named(utf8('x'.repeat(61))), u8(0)),
    'more nodes than allowed': withNodes(
      ...Array.from({ length: maxLinkNodes + 1 }, (_, i) => encodeAddress(nodeAddress(i + 1))),
    ),
    'a node twice': withNodes(address, address),
    'an empty node': withNodes(new Uint8Array(0)),
    'a node of noise': withNodes(sha256(address)),
    'a node without its peer id': withNodes(multiaddr('/ip4/192.0.2.1/tcp/4001').bytes),
    'a node that is a file of this machine': withNodes(multiaddr(`/unix/tmp%2fx/p2p/${nodePeerId(1)}`).bytes),
  }
  it('is read where its fields are right', () => {
    const hand = concat(withNodes(address))
    const whole = concat(hand, sha256(utf8('staffetta/link/1'), hand).subarray(0, 8))
    const read = decodeLink(`staffetta:invite:${base32(whole)}`, now)
    expect(read).toEqual({ ...invite, name: 'Weavers', nodes: [nodeAddress(1)] })
  })
  for (const [what, bytes] of Object.entries(lies)) {
    it(`is mangled though its checksum fits: ${what}`, async () =>
      expect(await faultOfBody(bytes)).toBe('invite-mangled'))
  }

  const unwritable: Record<string, Partial<InviteLink>> = {
    'a name of two lines': { name: 'a\nb' },
    'half a character': { name: 'a\ud800' },
    'a short secret': { secret: new Uint8Array(31) },
    'a short network key': { networkKey: new Uint8Array(31) },
    'an expiry too far': { expiresAt: now + 60 * day },
    'an expiry that is no number': { expiresAt: Number.NaN },
    'an epoch that is no number': { epoch: 1.5 },
    'a negative epoch': { epoch: -1 },
    'too many nodes': { nodes: Array.from({ length: 257 }, (_, i) => nodeAddress(i + 1)) },
    'a node twice': { nodes: [nodeAddress(1), nodeAddress(1)] },
    'a node that is none': { nodes: ['/ip4/192.0.2.1/tcp/4001'] },
  }
  for (const [what, change] of Object.entries(unwritable)) {
    it(`is not written with ${what}`, async () =>
      expect(await faultOf(() => encodeLink({ ...invite, ...change }))).toBe('bad-input'))
  }
})

describe('the address of a community node', () => {
  const id = nodePeerId(1)
  const onion = 'vww6ybal4bd7szmgncyruucpgfkqahzddi37ktceo3ah7ngmcopnpyyd'
  const good = [
    `/ip4/127.0.0.1/tcp/1/p2p/${id}`,
    `/ip6/2001:db8::1/tcp/65535/p2p/${id}`,
    `/dns/node.example.org/tcp/443/wss/p2p/${id}`,
    `/dns4/node.example.org/tcp/443/tls/ws/p2p/${id}`,
    `/onion3/${onion}:1234/p2p/${id}`,
  ]
  for (const text of good) it(`is ${text.slice(0, 40)}…`, () => expect(decodeAddress(encodeAddress(text))).toBe(text))

  const bad = [
    '',
    '/',
    id,
    `/p2p/${id}`,
    '/ip4/127.0.0.1/tcp/1',
    `/ip4/127.0.0.1/tcp/1/p2p/${id.slice(0, -1)}`,
    `/ip4/127.0.0.1/tcp/1/p2p/12D3KooW${'1'.repeat(44)}`,
    '/ip4/127.0.0.1/tcp/1/p2p/QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N',
    `/ip4/127.0.0.1/tcp/1/p2p/${id}/p2p-circuit/p2p/${id}`,
    `/ip4/127.0.0.1/tcp/1/p2p/${id}/`,
    `//ip4/127.0.0.1/tcp/1/p2p/${id}`,
    `/ip4/127.0.0.1/tcp/0/p2p/${id}`,
    `/ip4/127.0.0.1/tcp/01/p2p/${id}`,
    `/ip4/127.0.0.1/tcp/65536/p2p/${id}`,
    `/ip4/127.0.0.1/udp/1/p2p/${id}`,
    `/ip4/127.0.0.01/tcp/1/p2p/${id}`,
    `/ip4/1.2.3/tcp/1/p2p/${id}`,
    `/ip4/0.0.0.0/tcp/1/p2p/${id}`,
    `/ip6/::/tcp/1/p2p/${id}`,
    `/ip6/0:0:0:0:0:0:0:1/tcp/1/p2p/${id}`,
    `/ip6/2001:DB8::1/tcp/1/p2p/${id}`,
    `/dns4/-x.example.org/tcp/1/p2p/${id}`,
    `/dns4/a b/tcp/1/p2p/${id}`,
    `/dns4/${'a'.repeat(254)}/tcp/1/p2p/${id}`,
    `/dns4/node.example.org/tcp/443/tls/p2p/${id}`,
    // whoever asks the DNS for it tells the network where they want to go (RFC 7686)
    `/dns4/${onion}.onion/tcp/1/p2p/${id}`,
    `/dns/node.ONION/tcp/443/wss/p2p/${id}`,
    `/unix/tmp/p2p/${id}`,
    `/onion3/${onion}:0/p2p/${id}`,
    `/ip4/127.0.0.1/tcp/1/p2p/${id}\n`,
    `/ip4/127.0.0.1/tcp/1/p2p/${id}${'/'.repeat(10_000)}`,
  ]
  for (const text of bad) {
    it(`is not ${JSON.stringify(text.slice(0, 60))}`, async () =>
      expect(await faultOf(() => encodeAddress(text))).toBe('malformed'))
  }

  it('is picked out of what others tell', () => {
    expect(usableAddresses([...bad, ...good, ...good], 4)).toEqual(good.slice(0, 4))
  })
})
