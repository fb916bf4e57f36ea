import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hex } from '../../core/base/bytes.ts'
import { decodeLink, encodeLink } from '../../core/community/link.ts'
import { random } from '../../core/crypto/random.ts'
import { NodeProcess } from '../support/node-process.ts'
import { OwnProcess } from '../support/processes.ts'
import { readPng, readTerminal } from '../support/qr.ts'
import { scratch, type Scratch } from '../support/scratch.ts'

const onLoopback = ['--listen', '/ip4/127.0.0.1/tcp/0', '--work-bits', '6']
let files: Scratch
let directory: string
let running: NodeProcess | undefined

beforeEach(() => {
  files = scratch()
  directory = join(files.directory, 'node')
})
afterEach(async () => {
  await running?.process.stop('SIGKILL')
  running = undefined
  files.remove()
})

/** Runs one command to its end. */
async function command(args: readonly string[], input = ''): Promise<{ code: number | null; said: string }> {
  const process = new OwnProcess('main/node/index.ts', args, { input })
  const code = await process.end()
  return { code, said: process.output }
}

async function status(): Promise<unknown> {
  return JSON.parse((await command(['status', '--dir', directory, '--json'])).said)
}

describe('npm run node', () => {
  it('says what it can do, and what its operator can and cannot see', async () => {
    const { code, said } = await command(['--help'])
    expect(code).toBe(0)
    for (const word of ['init', 'run', 'invite', 'status', 'backup', '--dir', '--link -']) expect(said).toContain(word)
    const init = await command(['init', '--dir', directory, ...onLoopback])
    for (const text of [said, init.said]) for (const word of ['see', 'cannot']) expect(text).toContain(word)
  })

  it('makes a node, runs it, tells its link and what it holds, and ends when it is told to', async () => {
    await NodeProcess.init(directory, onLoopback)
    for (const name of readdirSync(directory)) expect(statSync(join(directory, name)).mode & 0o077).toBe(0)
    running = await NodeProcess.run(directory)
    const link = decodeLink(await NodeProcess.invite(directory), Date.now())
    expect(link).toMatchObject({ kind: 'node' })
    expect(link.nodes[0]).toMatch(/^\/ip4\/127\.0\.0\.1\/tcp\/[1-9]\d*\/p2p\//)
    expect(await status()).toMatchObject({ running: true, boxes: 0, connections: 0, workBits: 6 })
    expect((await command(['status', '--dir', directory])).said).toContain('The node runs.\n  boxes')
    expect((await command(['status', '--dir', directory, '--check'])).code).toBe(0)
    for (const name of readdirSync(directory)) expect(statSync(join(directory, name)).mode & 0o077, name).toBe(0)

    const second = await command(['run', '--dir', directory])
    expect(second.code).toBe(1)
    expect(second.said).toContain('runs already')

    const said = running.process.output
    expect(await running.process.stop('SIGTERM')).toBe(0)
    // what it logs holds no address, no key and no peer
    expect(said).not.toMatch(/12D3|127\.0\.0\.1|\/tcp\//)
    expect(said).not.toContain(hex(link.networkKey))
    expect(await status()).toMatchObject({ running: false, boxes: 0, workBits: 6 })
    expect((await command(['status', '--dir', directory])).said).toContain('The node does not run.')
    expect((await command(['status', '--dir', directory, '--check'])).code).toBe(1)

    // again at the same address, for the same link
    running = await NodeProcess.run(directory)
    expect(decodeLink(await NodeProcess.invite(directory), Date.now())).toEqual(link)
    expect(await running.process.stop('SIGINT')).toBe(0)
  })

  it('joins the community whose link it reads from standard input, and takes no secret on its command line', async () => {
    const networkKey = random(32)
    const nodes = ['/ip4/192.0.2.7/tcp/4001/p2p/12D3KooWKpe2M7TV8hzLXygKcy1DFAyChLHyzft8Nct69e3s7dXn']
    const link = encodeLink({ kind: 'node', networkKey, nodes })
    const typed = await command(['init', '--dir', directory, '--link', link])
    expect(typed.code).toBe(1)
    expect(typed.said).not.toContain(link)
    expect((await command(['init', '--dir', directory, ...onLoopback, '--link', '-'], link)).code).toBe(0)
    expect(readFileSync(join(directory, 'node.key')).includes(Buffer.from(networkKey))).toBe(true)
    expect(readFileSync(join(directory, 'node.json'), 'utf8')).toContain('192.0.2.7')
  })

  it('refuses what is wrong with a sentence, and changes nothing', async () => {
    for (const [args, sentence, input] of [
      [['run', '--dir', directory], 'no node in this folder', ''],
      [['init', '--dir', directory, '--link', '-'], 'not the link', 'staffetta:node:nonsense'],
    ] as const) {
      const { code, said } = await command(args, input)
      expect(code, args.join(' ')).toBe(1)
      expect(said).toContain(sentence)
      expect(said).not.toMatch(/\bat .*\.ts:\d+/)
    }
    await NodeProcess.init(directory, onLoopback)
    const key = readFileSync(join(directory, 'node.key'))
    expect((await command(['init', '--dir', directory])).code).toBe(1)
    expect(readFileSync(join(directory, 'node.key'))).toEqual(key)
    expect((await command(['invite', '--dir', directory])).said).toContain('has not run yet')
    writeFileSync(join(directory, 'node.json'), '{"version": 1, "listen": ["/ip4/0.0.0.0/tcp/1"], "quota": "hunter2"}')
    const wrong = await command(['run', '--dir', directory])
    expect(wrong.said).toContain('quota: no such setting')
    expect(wrong.said).not.toContain('hunter2')
  })

  it('draws its link for phones, in the terminal and as a picture that nobody else may read', async () => {
    await NodeProcess.init(directory, onLoopback)
    running = await NodeProcess.run(directory)
    const png = join(files.directory, 'link.png')
    const { code, said } = await command(['invite', '--dir', directory, '--qr', '--png', png])
    expect(code).toBe(0)
    const lines = said.split('\n')
    const link = decodeLink(lines.findLast((line) => line.startsWith('staffetta:')) ?? '', 0)
    const drawn = lines.filter((line) => line.startsWith('\u001B['))
    expect(decodeLink(readTerminal(drawn), 0)).toEqual(link)
    expect(decodeLink(readPng(readFileSync(png)), 0)).toEqual(link)
    expect(statSync(png).mode & 0o777).toBe(0o600)
    const again = await command(['invite', '--dir', directory, '--png', png])
    expect(again.code).toBe(1)
    expect(again.said).toContain('nothing is overwritten')
    // not a terminal: the link alone, for scripts
    expect((await command(['invite', '--dir', directory])).said).toMatch(/^staffetta:node:\S+$/)
  })

  it('says in a sentence that a Node without TypeScript is too old', async () => {
    const old = spawnSync(process.execPath, ['--no-experimental-strip-types', 'main/node/staffetta-node.js', '--help'])
    expect(old.status).toBe(1)
    expect(String(old.stderr)).toMatch(/^Staffetta's node needs Node\.js 22\.18 or newer.*\n$/)
    const here = spawnSync(process.execPath, ['main/node/staffetta-node.js', '--help'])
    expect(here.status).toBe(0)
    expect(String(here.stdout)).toContain('staffetta-node')
    expect(existsSync(directory)).toBe(false)
  })

  it('says so where its port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const address = taken.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await NodeProcess.init(directory, ['--listen', `/ip4/127.0.0.1/tcp/${port}`])
    const { code, said } = await command(['run', '--dir', directory])
    expect(code).toBe(1)
    expect(said).toContain('Another program uses the port')
    taken.close()
  })
})
