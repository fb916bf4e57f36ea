import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock as clock } from '../../core/base/clock.ts'
import { silentLog as log } from '../../core/base/log.ts'
import { stopAll, type Service } from '../../core/base/service.ts'
import { NetworkBoxClient } from '../../core/boxes/network-client.ts'
import { decodeLink } from '../../core/community/link.ts'
import { random } from '../../core/crypto/random.ts'
import { Database } from '../../core/database/database.ts'
import { MemberNode } from '../../core/network/member-node.ts'
import { askHealth } from '../../main/node/health.ts'
import { NodeHome } from '../../main/node/home.ts'
import { draftFor, type FullDraft } from '../support/boxes.ts'
import { eventually } from '../support/eventually.ts'
import { NodeProcess } from '../support/node-process.ts'
import { OwnProcess } from '../support/processes.ts'
import { scratch, type Scratch } from '../support/scratch.ts'

const onLoopback = ['--listen', '/ip4/127.0.0.1/tcp/0', '--work-bits', '4']
let files: Scratch
let directory: string
let running: NodeProcess | undefined
let started: Service[] = []

beforeEach(async () => {
  files = scratch()
  directory = join(files.directory, 'node')
  await NodeProcess.init(directory, onLoopback)
})
afterEach(async () => {
  await stopAll(started)
  started = []
  await running?.process.stop('SIGKILL')
  running = undefined
  files.remove()
})

async function command(...args: string[]): Promise<{ code: number | null; said: string }> {
  const process = new OwnProcess('main/node/index.ts', args)
  const code = await process.end()
  return { code, said: process.output }
}

async function run(at = directory): Promise<NodeProcess> {
  running = await NodeProcess.run(at)
  return running
}

/** A member of the node's community that has reached it. */
async function member(at = directory): Promise<NetworkBoxClient> {
  const { networkKey, nodes } = decodeLink(await NodeProcess.invite(at), clock.now())
  const node = new MemberNode({ networkKey, nodes: () => nodes, privacyMode: 'relay', clock, log })
  const client = new NetworkBoxClient({ node, clock, log })
  started.push(node, client)
  await node.start()
  await client.start()
  await eventually(() => node.status().nodesReached === 1)
  return client
}

async function store(client: NetworkBoxClient): Promise<FullDraft> {
  const draft = draftFor(clock)
  await client.store(await client.prepare(draft))
  return draft
}

async function holds(client: NetworkBoxClient, draft: FullDraft): Promise<boolean> {
  return (await client.fetch([draft.capability])).length === 1
}

async function health(): Promise<Awaited<ReturnType<typeof askHealth>>> {
  return askHealth(new NodeHome(directory).metricsPort() ?? 0)
}

describe('a copy of a node', () => {
  it('made while it runs is the same node with the same boxes, wherever it is put', async () => {
    await run()
    const link = await NodeProcess.invite(directory)
    const client = await member()
    const kept = await store(client)
    const copy = join(files.directory, 'copy')
    const made = await command('backup', '--dir', directory, '--to', copy)
    expect(made.code).toBe(0)
    expect(made.said).toContain('holds the network key')
    const later = await store(client)
    expect(statSync(copy).mode & 0o777).toBe(0o700)
    expect(readdirSync(copy).toSorted()).toEqual(['addresses.json', 'boxes.db', 'node.json', 'node.key'])
    for (const name of readdirSync(copy)) expect(statSync(join(copy, name)).mode & 0o777, name).toBe(0o600)

    const again = await command('backup', '--dir', directory, '--to', copy)
    expect(again.code).toBe(1)
    expect(again.said).toContain('nothing is overwritten')

    // the machine is gone; its copy runs in another folder
    await stopAll(started)
    started = []
    await running?.process.stop('SIGKILL')
    rmSync(directory, { recursive: true })
    await run(copy)
    expect(await NodeProcess.invite(copy)).toBe(link)
    const other = await member(copy)
    expect(await holds(other, kept)).toBe(true)
    expect(await holds(other, later)).toBe(false)
    expect(await holds(other, await store(other))).toBe(true)
  })

  it('can be made of a node that does not run, and of one that never ran', async () => {
    const before = join(files.directory, 'before')
    expect((await command('backup', '--dir', directory, '--to', before)).code).toBe(0)
    expect(readdirSync(before).toSorted()).toEqual(['node.json', 'node.key'])
    await (await run()).process.stop('SIGTERM')
    const after = join(files.directory, 'after')
    expect((await command('backup', '--dir', directory, '--to', after)).code).toBe(0)
    expect(readFileSync(join(after, 'node.key'))).toEqual(readFileSync(join(before, 'node.key')))
    const nowhere = await command('backup', '--dir', directory, '--to', join(files.directory, 'a/b'))
    expect(nowhere.said).toContain('does not exist')
    expect(readdirSync(files.directory).toSorted()).toEqual(['after', 'before', 'node'])
  })
})

describe('a node whose boxes cannot be read', () => {
  it('says so, keeps the file, and serves with an empty store', async () => {
    await (await run()).process.stop('SIGTERM')
    writeFileSync(join(directory, 'boxes.db'), 'x'.repeat(20_000))
    const stopped = await command('status', '--dir', directory)
    expect(stopped.said).toContain('cannot be read')
    const { process } = await run()
    expect(process.output).toContain('begins without boxes')
    expect(process.output).toContain('"event":"box.store-put-aside"')
    expect(readFileSync(join(directory, 'boxes.db.damaged'), 'utf8')).toBe('x'.repeat(20_000))
    const client = await member()
    expect(await holds(client, await store(client))).toBe(true)
    expect(await health()).toMatchObject({ setAside: true, boxes: 1 })
  })
})

describe('a node whose boxes turn out to be damaged while it runs', () => {
  it('ends, so that it is started again, and then serves with an empty store', async () => {
    await (await run()).process.stop('SIGTERM')
    loseIndex(join(directory, 'boxes.db'))
    const { process } = await run()
    const client = await member()
    const box = await client.prepare(draftFor(clock))
    // no majority: its only node fails
    await Promise.all([expect(client.store(box)).rejects.toThrow(), process.end()])
    expect(process.child.exitCode).toBe(1)
    expect(process.output).toContain('"event":"box.store-damaged"')
    await run()
    expect(await health()).toMatchObject({ setAside: true, boxes: 0 })
    // the member tries again, and is served
    await eventually(async () => {
      await client.store(box)
      return true
    })
    expect(await health()).toMatchObject({ boxes: 1 })
  })
})

/** What a disk does that loses a page which opening does not read. */
function loseIndex(path: string): void {
  const database = Database.open(path)
  const page = database.get<{ rootpage: number }>("SELECT rootpage FROM sqlite_schema WHERE name = 'boxes_by_digest'")
  database.close()
  const file = openSync(path, 'r+')
  writeSync(file, random(4096), 0, 4096, 4096 * ((page?.rootpage ?? 0) - 1))
  closeSync(file)
}

describe('a node that is told to end', () => {
  it('ends the streams of its members, closes its store and says so', async () => {
    const { process } = await run()
    const client = await member()
    await store(client)
    expect(await health()).toMatchObject({ connections: 1, boxes: 1, counts: { stored: 1 } })
    expect(await process.stop('SIGTERM')).toBe(0)
    expect(process.output).toMatch(/"event":"node\.stopping"[\s\S]*"event":"node\.stopped"/)
    // what is beside the store while it is open is gone: it was closed
    expect(readdirSync(directory).filter((name) => name.startsWith('boxes.db'))).toEqual(['boxes.db'])
    expect(existsSync(join(directory, 'metrics.json'))).toBe(false)
  })

  it('logs from the level that its settings say', async () => {
    const settings = JSON.parse(readFileSync(join(directory, 'node.json'), 'utf8')) as object
    writeFileSync(join(directory, 'node.json'), JSON.stringify({ ...settings, log: 'error', metrics: null }))
    const { process } = await run()
    expect((await command('status', '--dir', directory)).said).toContain('The node runs. It tells no numbers')
    expect(await process.stop('SIGTERM')).toBe(0)
    expect(process.output).toBe('ready')
  })
})
