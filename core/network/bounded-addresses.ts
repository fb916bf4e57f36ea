import { CODE_P2P, registry } from '@multiformats/multiaddr'
import { base58btc } from 'multiformats/bases/base58'
import { concat } from '../base/bytes.ts'
import { sha256 } from '../crypto/derive.ts'

/**
 * A multihash in an address: 34 bytes for an RSA key, 38 for Ed25519, 42 at most.
 *
 * multiaddr puts no bound on it and writes it in base 58 as soon as an address is
 * taken apart, which takes time with the square of its length: 5 s for 32 KiB.
 * One message of kad-dht may hold 4 MiB, so that anybody in the network could stop
 * a node, or whoever asked one, for hours.
 */
const longestMultihash = 64
/** The same in base 58 or base 36, with room. */
const longestText = 128

const codec = registry.getProtocol(CODE_P2P)

/** For every address of this process, from whichever protocol it comes. */
registry.addProtocol({
  ...codec,
  bytesToValue(bytes) {
    if (bytes.length > longestMultihash) throw new RangeError('A PeerId that is too long')
    return codec.bytesToValue?.(bytes) ?? ''
  },
  valueToBytes(value) {
    if (value.length > longestText) throw new RangeError('A PeerId that is too long')
    return codec.valueToBytes?.(value) ?? new Uint8Array(0)
  },
})

const encode = base58btc.encode.bind(base58btc)
/** No PeerId begins so. */
const standIn = Uint8Array.of(0xff)

/**
 * And for PeerIds that come bare, as in answers of kad-dht: each is written in
 * base 58 to be compared, in listeners where an error would end the process. One
 * that is too long gets the name of its hash, under which nobody can be reached.
 */
base58btc.encode = (bytes) => encode(bytes.length > longestMultihash ? concat(standIn, sha256(bytes)) : bytes)
