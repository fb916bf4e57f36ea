import { once } from 'node:events'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hex } from '../../core/base/bytes.ts'
import { decodeLink, encodeLink } from '../../core/community/link.ts'
import { random } from '../../core/crypto/random.ts'
import { parseOptions } from '../../main/node/options.ts'
import { NodeProcess } from '../support/node-process.ts'
import { OwnProcess } from '../support/processes.ts'
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

describe('npm run node', () => {
  it('says what it can do', async () => {
    const { code, said } = await command(['--help'])
    expect(code).toBe(0)
    for (const word of ['init', 'run', 'link', 'status', '--dir', '--listen', '--link -']) expect(said).toContain(word)
  })

  it('makes a node, runs it, tells its link and what it holds, and ends when it is told to', async () => {
    await NodeProcess.init(directory, onLoopback)
    for (const name of readdirSync(directory)) expect(statSync(join(directory, name)).mode & 0o077).toBe(0)
    running = await NodeProcess.run(directory)
    const link = decodeLink(await NodeProcess.invite(directory), Date.now())
    expect(link).toMatchObject({ kind: 'node' })
    expect(link.nodes[0]).toMatch(/^\/ip4\/127\.0\.0\.1\/tcp\/[1-9]\d*\/p2p\//)
    expect(JSON.parse((await command(['status', '--dir', directory])).said)).toMatchObject({ running: true })

    const second = await command(['run', '--dir', directory])
    expect(second.code).toBe(1)
    expect(second.said).toContain('runs already')

    const said = running.process.output
    expect(await running.process.stop('SIGTERM')).toBe(0)
    // what it logs holds no address, no key and no peer
    expect(said).not.toMatch(/12D3|127\.0\.0\.1|\/tcp\//)
    expect(said).not.toContain(hex(link.networkKey))
    expect(JSON.parse((await command(['status', '--dir', directory])).said)).toMatchObject({ running: false, boxes: 0 })

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
    for (const [args, sentence] of [
      [['init'], '--dir'],
      [['fly', '--dir', 'x'], 'no command'],
      [['init', '--dir', 'x', '--loud'], 'not known'],
      [['init', '--dir', 'x', '--listen', 'everywhere'], 'An address looks like'],
      [['init', '--dir', 'x', '--work-bits', '99'], '0 to 24'],
    ] as const) {
      expect(() => parseOptions(args)).toThrow(sentence)
    }
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
    writeFileSync(join(directory, 'node.json'), '{"version": 2}')
    expect((await command(['run', '--dir', directory])).said).toContain('cannot be read')
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
