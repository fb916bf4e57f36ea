import { publicKeyFromRaw } from '@libp2p/crypto/keys'
import { peerIdFromPublicKey } from '@libp2p/peer-id'
import { u32 } from '../../core/base/bytes.ts'
import { sha256 } from '../../core/crypto/derive.ts'
import { signingKey } from '../../core/crypto/sign.ts'

/** The peer id of the nth made-up community node. */
export function nodePeerId(n: number): string {
  return peerIdFromPublicKey(publicKeyFromRaw(signingKey(sha256(u32(n))).publicKey)).toString()
}

/** The address of the nth made-up community node, in one of a few shapes. */
export function nodeAddress(n: number): string {
  const hosts = [
    `/ip4/192.0.2.${n % 256}/tcp/4001`,
    `/dns4/node-${n}.example.org/tcp/443/tls/ws`,
    `/ip6/2001:db8::${n}/tcp/${4000 + n}`,
  ]
  return `${hosts[n % hosts.length] ?? ''}/p2p/${nodePeerId(n)}`
}
