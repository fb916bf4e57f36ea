import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { concat, utf8, type Bytes } from '../../core/base/bytes.ts'
import { Fault } from '../../core/base/fault.ts'
import { Reader } from '../../core/base/reader.ts'
import { codeOf, ownDirectory, readSmall, writeNew, writeWhole } from '../../core/vault/files.ts'
import { checkConfiguration, type NodeConfiguration, type StatedConfiguration } from './config.ts'
import { Usage } from './options.ts'

const keyVersion = 1
const maxConfigBytes = 64 * 1024
const maxAddressesBytes = 64 * 1024

/** What the node must keep to itself. 32 bytes each. */
export interface NodeKeys {
  readonly networkKey: Bytes
  readonly identitySeed: Bytes
}

const metricsFile = z.object({ port: z.number().int().min(1).max(65_535), pid: z.number().int().min(1) })

/** What makes a node the same node elsewhere, besides its boxes. */
export const homeFiles = ['node.json', 'addresses.json', 'node.key'] as const

/**
 * The folder of a community node: `node.json`, `node.key`, `boxes.db`, once it
 * ran `addresses.json`, and while it runs `metrics.json`.
 */
export class NodeHome {
  readonly directory: string

  constructor(directory: string) {
    this.directory = directory
  }

  get exists(): boolean {
    return existsSync(this.at('node.key'))
  }

  get storePath(): string {
    return this.at('boxes.db')
  }

  /** The configuration first and the key last: a folder with a key is whole. @throws Fault `wrong-state` where a node is there */
  create(config: StatedConfiguration, keys: NodeKeys): void {
    if (this.exists) throw new Fault('wrong-state', 'There is a node in this folder already')
    checkConfiguration(config)
    mkdirSync(this.directory, { recursive: true, mode: ownDirectory })
    this.#save('node.json', config)
    writeNew(this.at('node.key'), concat(Uint8Array.of(keyVersion), keys.networkKey, keys.identitySeed))
  }

  /** @throws Fault `not-found`; Usage where it is not as it should be */
  config(): NodeConfiguration {
    return checkConfiguration(this.#stated())
  }

  /** Keeps a port that was free, and what else the operator wrote. */
  saveListen(listen: string[]): void {
    const stated = this.#stated()
    this.#save('node.json', { ...z.looseObject({}).parse(stated), listen })
  }

  /** @throws Fault `not-found`, `malformed`, `unknown-version` */
  keys(): NodeKeys {
    this.#require()
    const reader = new Reader(readSmall(this.at('node.key'), 1024) ?? new Uint8Array(0))
    if (reader.u8() !== keyVersion) throw new Fault('unknown-version', 'node.key was written by another version')
    const keys = { networkKey: reader.bytes(32), identitySeed: reader.bytes(32) }
    reader.end()
    return keys
  }

  saveAddresses(addresses: readonly string[]): void {
    this.#save('addresses.json', addresses)
  }

  /** Where the node could be reached when it ran last. Empty before. */
  addresses(): string[] {
    this.#require()
    const parsed = z.array(z.string().max(512)).max(64).safeParse(this.#read('addresses.json', maxAddressesBytes))
    return parsed.success ? parsed.data : []
  }

  /** Tells `status` where the running node tells its numbers; undefined once it tells none. */
  saveMetricsPort(port: number | undefined): void {
    if (port === undefined) rmSync(this.at('metrics.json'), { force: true })
    else this.#save('metrics.json', { port, pid: process.pid })
  }

  /**
   * Undefined where the node that wrote it has gone: its port may be another
   * node's by now. Whoever answers there is to be doubted all the same.
   */
  metricsPort(): number | undefined {
    this.#require()
    const { data } = metricsFile.safeParse(this.#read('metrics.json', 1024))
    return data !== undefined && isAlive(data.pid) ? data.port : undefined
  }

  at(name: string): string {
    return join(this.directory, name)
  }

  #stated(): unknown {
    this.#require()
    const stated = this.#read('node.json', maxConfigBytes)
    if (stated === undefined)
      throw new Usage('node.json is missing, or no JSON: a comma or a quote too many or too few')
    return stated
  }

  #save(name: string, content: unknown): void {
    writeWhole(this.at(name), utf8(`${JSON.stringify(content, null, 2)}\n`))
  }

  /** @returns undefined where it is not there or no JSON */
  #read(name: string, maxBytes: number): unknown {
    if (!existsSync(this.at(name))) return undefined
    try {
      return JSON.parse(Buffer.from(readSmall(this.at(name), maxBytes) ?? []).toString('utf8'))
    } catch (error) {
      if (error instanceof SyntaxError) return undefined
      throw error
    }
  }

  #require(): void {
    if (!this.exists) throw new Fault('not-found', 'There is no node in this folder')
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // it is there, and another account's
    return codeOf(error) === 'EPERM'
  }
}
