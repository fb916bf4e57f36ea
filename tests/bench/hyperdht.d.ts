/** What the bench uses of hyperdht, which brings no types. */
declare module 'hyperdht' {
  interface KeyPair {
    readonly publicKey: Uint8Array
    readonly secretKey: Uint8Array
  }
  export default class HyperDHT {
    static keyPair(): KeyPair
    constructor(options: { bootstrap: readonly { host: string; port: number }[]; ephemeral: boolean; host: string })
    fullyBootstrapped(): Promise<void>
    mutablePut(keyPair: KeyPair, value: Uint8Array): Promise<{ closestNodes: readonly unknown[] }>
    mutableGet(publicKey: Uint8Array): Promise<{ readonly value: Uint8Array } | null>
    /** An encrypted connection over UDP. */
    connect(publicKey: Uint8Array): import('node:stream').Duplex
    createServer(onConnection: (socket: import('node:stream').Duplex) => void): {
      listen(keyPair: KeyPair): Promise<void>
    }
    destroy(): Promise<void>
  }
}

declare module 'hyperdht/testnet.js' {
  interface Address {
    host: string
    port: number
  }
  interface Testnet {
    readonly bootstrap: readonly Address[]
    destroy(): Promise<void>
  }
  export default function createTestnet(size: number, options: { bootstrap: readonly Address[] }): Promise<Testnet>
}
