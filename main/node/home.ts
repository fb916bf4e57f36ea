import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { concat, utf8, type Bytes } from '../../core/base/bytes.ts'
import { Fault } from '../../core/base/fault.ts'
import { Reader } from '../../core/base/reader.ts'
import { ownDirectory, readSmall, writeNew, writeWhole } from '../../core/vault/files.ts'

const keyVersion = 1
const maxConfigBytes = 64 * 1024

/** `node.json`: what an operator may change by hand while the node is stopped. */
const configuration = z.strictObject({
  version: z.literal(1),
  listen: z.array(z.string().max(512)).min(1).max(8),
  announce: z.array(z.string().max(512)).max(8),
  /** Other nodes of the community, each with `/p2p/`. */
  nodes: z.array(z.string().max(512)).max(64),
  workBits: z.number().int().min(0).max(24),
})

export type NodeConfiguration = z.infer<typeof configuration>

/** What the node must keep to itself. 32 bytes each. */
export interface NodeKeys {
  readonly networkKey: Bytes
  readonly identitySeed: Bytes
}

/** The folder of a community node: `node.json`, `node.key`, `boxes.db`, and `addresses.json` once it ran. */
export class NodeHome {
  readonly directory: string

  constructor(directory: string) {
    this.directory = directory
  }

  get exists(): boolean {
    return existsSync(this.#at('node.key'))
  }

  get storePath(): string {
    return this.#at('boxes.db')
  }

  /** The configuration first and the key last: a folder with a key is whole. @throws Fault `wrong-state` where a node is there */
  create(config: NodeConfiguration, keys: NodeKeys): void {
    if (this.exists) throw new Fault('wrong-state', 'There is a node in this folder already')
    mkdirSync(this.directory, { recursive: true, mode: ownDirectory })
    this.saveConfig(config)
    writeNew(this.#at('node.key'), concat(Uint8Array.of(keyVersion), keys.networkKey, keys.identitySeed))
  }

  saveConfig(config: NodeConfiguration): void {
    writeWhole(this.#at('node.json'), utf8(`${JSON.stringify(configuration.parse(config), null, 2)}\n`))
  }

  /** @throws Fault `not-found`, `malformed` */
  config(): NodeConfiguration {
    this.#require()
    const bytes = readSmall(this.#at('node.json'), maxConfigBytes)
    const parsed = configuration.safeParse(json(bytes))
    if (!parsed.success) throw new Fault('malformed', 'node.json is not as it should be')
    return parsed.data
  }

  /** @throws Fault `not-found`, `malformed`, `unknown-version` */
  keys(): NodeKeys {
    this.#require()
    const reader = new Reader(readSmall(this.#at('node.key'), 1024) ?? new Uint8Array(0))
    if (reader.u8() !== keyVersion) throw new Fault('unknown-version', 'node.key was written by another version')
    const keys = { networkKey: reader.bytes(32), identitySeed: reader.bytes(32) }
    reader.end()
    return keys
  }

  saveAddresses(addresses: readonly string[]): void {
    writeWhole(this.#at('addresses.json'), utf8(JSON.stringify(addresses)))
  }

  /** Where the node could be reached when it ran last. Empty before. */
  addresses(): string[] {
    this.#require()
    if (!existsSync(this.#at('addresses.json'))) return []
    const parsed = z
      .array(z.string().max(512))
      .max(64)
      .safeParse(json(readFileSync(this.#at('addresses.json'))))
    return parsed.success ? parsed.data : []
  }

  #require(): void {
    if (!this.exists) throw new Fault('not-found', 'There is no node in this folder')
  }

  #at(name: string): string {
    return join(this.directory, name)
  }
}

function json(bytes: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(bytes ?? []).toString('utf8'))
  } catch {
    return undefined
  }
}
