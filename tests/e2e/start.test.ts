import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { rendererProduct, ensureBuilt } from '../../main/start/build.ts'
import { ask } from '../support/http.ts'
import { OwnProcess } from '../support/processes.ts'

const link = /http:\/\/127\.0\.0\.1:(\d+)\/#[\w-]{43}$/
const root = join(import.meta.dirname, '..', '..')

describe('npm start', () => {
  let directory = ''
  const running: OwnProcess[] = []
  const start = (...args: readonly string[]): OwnProcess => {
    const process = new OwnProcess('main/start.ts', args)
    running.push(process)
    return process
  }
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'start-'))
    await ensureBuilt(root, rendererProduct, () => {})
  })
  afterEach(async () => {
    for (const process of running.splice(0)) await process.stop('SIGKILL')
    rmSync(directory, { recursive: true, force: true })
  })

  test('says which door and why, then the link, and stops cleanly', async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const app = start('--door', 'local', '--no-open', '--data', directory)
      const [, port] = await app.line(link)
      const [first, ...others] = app.output.split('\n')
      expect(first).toBe('Opening the local page, as you asked.')
      expect(others).toHaveLength(1)
      const { status } = await ask(Number(port), { headers: { host: `127.0.0.1:${port}` } })
      expect(status).toBe(200)
      expect(await app.stop(signal)).toBe(0)
      await expect(ask(Number(port))).rejects.toThrow('ECONNREFUSED')
    }
  })

  test('a second start of the same profile is a sentence, and harms nothing', async () => {
    const first = start('--no-open', '--data', directory)
    const [, port] = await first.line(link)
    const second = start('--no-open', '--data', directory)
    expect(await second.end()).toBe(1)
    expect(second.output).toMatch(/open already/)
    expect(second.output).not.toMatch(link)
    expect((await ask(Number(port), { headers: { host: `127.0.0.1:${port}` } })).status).toBe(200)
  })

  test('a second profile is another one', async () => {
    const first = start('--no-open', '--data', join(directory, 'anna'))
    const second = start('--no-open', '--data', join(directory, 'bruno'))
    const [[, one], [, two]] = await Promise.all([first.line(link), second.line(link)])
    expect(one).not.toBe(two)
  })

  test('what cannot be done is a sentence with what to do, and no stack', async () => {
    const first = start('--no-open', '--data', join(directory, 'anna'))
    const [, port = ''] = await first.line(link)
    const failing: readonly (readonly [args: readonly string[], sentence: RegExp])[] = [
      [['--no-open', '--data', join(directory, 'bruno'), '--port', port], /Leave --port out/],
      [['--no-open', '--data', join(root, 'package.json', 'x')], /--data DIR/],
      [['--profile', '../x'], /--profile anna/],
      [['--door', 'cellar'], /electron or local/],
      [['--frobnicate'], /--help/],
    ]
    for (const [args, sentence] of failing) {
      const app = start(...args)
      expect(await app.end()).toBe(1)
      expect(app.output).toMatch(sentence)
      expect(app.output).not.toMatch(/^\s+at |node:internal|Error:/m)
    }
    const help = start('--help')
    expect(await help.end()).toBe(0)
    expect(help.output).toContain('--profile NAME')
  })
})
