import type { PeerId } from '@libp2p/interface'
import { MemoryDatastore } from 'datastore-core'
import { rememberedPeers } from './limits.ts'

type Key = Parameters<MemoryDatastore['put']>[0]

/**
 * What libp2p may remember: peers, in memory, so many and no more.
 *
 * kad-dht's own records and providers are refused: nothing selects between
 * them, nothing sweeps them, and boxes have their own store. Peers beyond the
 * limit push out those that were heard of longest ago, but never ourselves.
 */
export class PeersOnly extends MemoryDatastore {
  readonly #self: string
  /** Oldest first. */
  readonly #keys = new Map<string, Key>()

  constructor(self: PeerId) {
    super()
    this.#self = `/${self.toCID().toString()}`
  }

  override put(key: Key, value: Uint8Array): Key {
    const name = key.toString()
    if (name.startsWith('/dht/')) throw new TypeError('This network keeps no kad-dht records')
    void super.put(key, value)
    if (name.endsWith(this.#self)) return key
    this.#keys.delete(name)
    this.#keys.set(name, key)
    const [oldest] = this.#keys.values()
    if (this.#keys.size > rememberedPeers && oldest !== undefined) this.delete(oldest)
    return key
  }

  override delete(key: Key): void {
    this.#keys.delete(key.toString())
    void super.delete(key)
  }
}
