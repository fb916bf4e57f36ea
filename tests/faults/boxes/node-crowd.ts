import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Bytes } from '../../../core/base/bytes.ts'
import { systemClock as clock } from '../../../core/base/clock.ts'
import { silentLog as log } from '../../../core/base/log.ts'
import { stopAll } from '../../../core/base/service.ts'
import { NetworkBoxClient } from '../../../core/boxes/network-client.ts'
import { decodeLink } from '../../../core/community/link.ts'
import { Database } from '../../../core/database/database.ts'
import { MemberNode } from '../../../core/network/member-node.ts'
import type { StatedConfiguration } from '../../../main/node/config.ts'
import { NodeHome } from '../../../main/node/home.ts'
import { NodeProcess } from '../../support/node-process.ts'
import type { TestMember } from '../../support/testnet.ts'
import { MortalNode } from '../mortal.ts'

/** Where a node lives. */
export interface Lodging {
  readonly directory: string
  /** Where it listens: loopback, where nothing else is said. */
  readonly host?: string
  /** A network namespace, see OwnProcessOptions. */
  readonly within?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  /** Where it listens, and where others are told that it does. */
  readonly ports?: { readonly listen: number; readonly told: number }
}

/** Real community nodes as processes of their own, on loopback, and members of theirs in this one. */
export class NodeCrowd {
  readonly nodes: MortalNode[]
  readonly #homes: NodeHome[]
  readonly networkKey: Bytes
  /** Of nodes that are no longer there. */
  #crashesBefore = 0
  readonly #members: TestMember[] = []

  private constructor(nodes: MortalNode[], homes: NodeHome[], networkKey: Bytes) {
    this.nodes = nodes
    this.#homes = homes
    this.networkKey = networkKey
  }

  /** @param settings of all their configurations */
  static async start(lodgings: readonly Lodging[], settings: Partial<StatedConfiguration> = {}): Promise<NodeCrowd> {
    const nodes = lodgings.map(({ directory, within = [], env = {} }) => new MortalNode(directory, { within, env }))
    const homes = lodgings.map(({ directory }) => new NodeHome(directory))
    const [first, ...others] = lodgings
    if (first === undefined) throw new RangeError('lodgings: expected at least one')
    try {
      await init(first, settings)
      await nodes[0]?.start()
      const link = await NodeProcess.invite(first.directory)
      await Promise.all(others.map((lodging) => init(lodging, settings, link)))
      await Promise.all(nodes.map((node) => node.start()))
      return new NodeCrowd(nodes, homes, decodeLink(link, clock.now()).networkKey)
    } catch (error) {
      for (const node of nodes) await node.stop()
      throw error
    }
  }

  /** So many on loopback, in one folder. */
  static in(directory: string, count: number): Promise<NodeCrowd> {
    return NodeCrowd.start(
      Array.from({ length: count }, (_, index) => ({ directory: join(directory, `node-${index}`) })),
    )
  }

  get crashes(): number {
    return this.nodes.reduce((sum, { crashes }) => sum + crashes, this.#crashesBefore)
  }

  /** A node is the same, with an empty disk. */
  async wipe(nth: number): Promise<void> {
    const { storePath } = this.#at(nth).home
    await this.#at(nth).node.strike(() => {
      for (const end of ['', '-wal', '-shm']) rmSync(`${storePath}${end}`, { force: true })
    })
  }

  /** A node is gone for good, and another one joins. @returns the link of the new one, for those who know the old one only */
  async replace(nth: number, lodging: Lodging): Promise<string> {
    const before = this.#at(nth)
    const { home: neighbour } = this.#at((nth + 1) % this.nodes.length)
    const node = new MortalNode(lodging.directory, { env: lodging.env ?? {} })
    await init(lodging, {}, await NodeProcess.invite(neighbour.directory))
    await before.node.strike()
    await before.node.stop()
    this.#crashesBefore += before.node.crashes
    this.nodes[nth] = node
    this.#homes[nth] = new NodeHome(lodging.directory)
    await node.start()
    return NodeProcess.invite(lodging.directory)
  }

  #at(nth: number): { readonly node: MortalNode; readonly home: NodeHome } {
    const [node, home] = [this.nodes[nth], this.#homes[nth]]
    if (node === undefined || home === undefined) throw new RangeError('nth: no such node')
    return { node, home }
  }

  /** One of each node, in their order. */
  get addresses(): string[] {
    return this.#homes.flatMap((home) => home.addresses().slice(0, 1))
  }

  async member(): Promise<TestMember> {
    const { addresses } = this
    const node = new MemberNode({
      networkKey: this.networkKey,
      nodes: () => addresses,
      privacyMode: 'relay',
      clock,
      log,
    })
    const client = new NetworkBoxClient({ node, clock, log })
    await node.start()
    await client.start()
    const member = { node, client, stop: () => stopAll([node, client]) }
    this.#members.push(member)
    return member
  }

  async stop(): Promise<void> {
    for (const member of this.#members) await member.stop()
    for (const node of this.nodes) await node.stop()
  }

  /** Once all have stopped: which of their stores SQLite finds damaged. */
  damaged(): string[] {
    return this.#homes.flatMap(({ storePath }, index) => {
      const database = Database.open(storePath)
      try {
        const said = database.get<{ integrity_check: string }>('PRAGMA integrity_check')?.integrity_check
        return said === 'ok' ? [] : [`the store of node ${index} is damaged`]
      } finally {
        database.close()
      }
    })
  }
}

/** With so little work that writing is what takes the time. */
async function init(
  { directory, host = '127.0.0.1', ports }: Lodging,
  settings: Partial<StatedConfiguration>,
  link?: string,
): Promise<void> {
  const announce = ports === undefined ? [] : ['--announce', `/ip4/${host}/tcp/${ports.told}`]
  const listen = ['--listen', `/ip4/${host}/tcp/${ports?.listen ?? 0}`]
  await NodeProcess.init(directory, [...listen, ...announce, '--work-bits', '0'], link)
  const path = join(directory, 'node.json')
  const stated = z.looseObject({}).parse(JSON.parse(readFileSync(path, 'utf8')))
  writeFileSync(path, JSON.stringify({ ...stated, ...settings }))
}
