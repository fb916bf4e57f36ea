import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BuildFailed, ensureBuilt, type Product } from '../../main/start/build.ts'
import { chooseDoor, NoWindow, type DoorContext } from '../../main/start/door.ts'
import { findElectron, installElectron, wasRefused } from '../../main/start/electron-binary.ts'

let root = ''
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'checkout-'))
  write('node_modules/electron/package.json', '{"version":"45.4.1"}')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const haveBinary = (version = '45.4.1'): void => {
  write('node_modules/electron/path.txt', 'electron')
  write('node_modules/electron/dist/electron', '')
  write('node_modules/electron/dist/version', version)
}

/** A checkout whose electron package has this install script. */
const haveScript = (script: string): void => write('node_modules/electron/install.js', script)

describe('the door', () => {
  const said: string[] = []
  const context = (extra: Partial<DoorContext> = {}): DoorContext => ({
    root,
    say: (line) => said.push(line),
    platform: 'linux',
    env: { DISPLAY: ':0' },
    userId: 1000,
    ...extra,
  })
  beforeEach(() => said.splice(0))

  test('is the window where its program is installed', async () => {
    haveBinary()
    expect(await chooseDoor({ door: 'auto' }, context())).toMatchObject({
      kind: 'electron',
      program: join(root, 'node_modules/electron/dist/electron'),
      why: expect.stringContaining('45.4.1 is installed'),
    })
    expect(said).toEqual([])
  })

  test('is the page where the program cannot be had; tried once, and that is remembered', async () => {
    haveScript('process.exit(1)')
    const first = await chooseDoor({ door: 'auto' }, context())
    expect(first).toEqual({ kind: 'local', why: expect.stringContaining('could not be downloaded') })
    expect(said).toEqual([expect.stringContaining('at most 20 s')])
    const second = await chooseDoor({ door: 'auto' }, context())
    expect(second).toEqual({ kind: 'local', why: expect.stringContaining('could not be downloaded before') })
    expect(said).toHaveLength(1)
    // another version is another try
    write('node_modules/electron/package.json', '{"version":"46.0.0"}')
    expect(wasRefused(root, '46.0.0')).toBe(false)
  })

  test('is the window when the download works', async () => {
    haveScript(`
      const { mkdirSync, writeFileSync } = require('node:fs')
      mkdirSync('dist', { recursive: true })
      writeFileSync('dist/electron', '')
      writeFileSync('dist/version', 'v45.4.1')
      writeFileSync('path.txt', 'electron')
    `)
    expect(await chooseDoor({ door: 'auto' }, context())).toMatchObject({ kind: 'electron' })
  })

  test('is asked for by hand', async () => {
    haveBinary()
    expect(await chooseDoor({ door: 'local' }, context())).toEqual({ kind: 'local', why: expect.any(String) })
    rmSync(join(root, 'node_modules/electron/dist'), { recursive: true })
    haveScript('process.exit(1)')
    await expect(chooseDoor({ door: 'electron' }, context())).rejects.toThrow(NoWindow)
    // by hand it is tried again
    await expect(chooseDoor({ door: 'electron' }, context())).rejects.toThrow('--door local')
    expect(said).toHaveLength(2)
  })

  test('is the page where there is no screen, no package, or too much power', async () => {
    haveBinary()
    expect(await chooseDoor({ door: 'auto' }, context({ env: {} }))).toMatchObject({
      why: expect.stringContaining('no screen'),
    })
    expect(await chooseDoor({ door: 'auto' }, context({ userId: 0 }))).toMatchObject({ kind: 'local' })
    rmSync(join(root, 'node_modules/electron'), { recursive: true })
    expect(await chooseDoor({ door: 'auto' }, context())).toMatchObject({
      why: expect.stringContaining('not installed'),
    })
  })

  test('half a download is none', () => {
    haveBinary('44.0.0')
    expect(findElectron(root)).toEqual({ version: '45.4.1', program: undefined })
    haveBinary()
    rmSync(join(root, 'node_modules/electron/dist/electron'))
    expect(findElectron(root)?.program).toBeUndefined()
  })

  test('a download that hangs is ended', async () => {
    haveScript('setInterval(() => {}, 1000)')
    expect(await installElectron(root, '45.4.1', 200)).toBeUndefined()
    expect(wasRefused(root, '45.4.1')).toBe(true)
  })
})

const builds = (): number => (existsSync(join(root, 'count')) ? readFileSync(join(root, 'count'), 'utf8').length : 0)
const age = (path: string, seconds: number): void => {
  const at = Date.now() / 1000 + seconds
  utimesSync(join(root, path), at, at)
}

describe('building', () => {
  const product: Product = {
    name: 'renderer',
    sources: ['src', 'lock.json'],
    result: 'out/page/index.html',
    command: ['builder/build.js'],
  }
  let said: string[] = []
  const ensure = (): Promise<void> => ensureBuilt(root, product, (line) => said.push(line))
  beforeEach(() => {
    said = []
    write('src/deep/page.ts', '')
    write('lock.json', '')
    for (const path of ['src/deep/page.ts', 'src/deep', 'src', 'lock.json']) age(path, -100)
    write(
      'node_modules/builder/build.js',
      `const fs = require('node:fs')
       fs.appendFileSync('count', 'x')
       fs.mkdirSync('out/page', { recursive: true })
       setTimeout(() => fs.writeFileSync('out/page/index.html', ''), 100)`,
    )
  })

  test('happens when something is missing or newer, and not otherwise', async () => {
    await ensure()
    await ensure()
    expect([builds(), said.length]).toEqual([1, 1])
    age('src/deep/page.ts', 10)
    await ensure()
    expect(builds()).toBe(2)
    age('src/deep/page.ts', -100)
    await ensure()
    expect(builds()).toBe(2)
    // a file that went
    rmSync(join(root, 'src/deep/page.ts'))
    age('src/deep', 10)
    await ensure()
    expect(builds()).toBe(3)
    age('src/deep', -100)
    rmSync(join(root, 'out/page'), { recursive: true })
    await ensure()
    expect(builds()).toBe(4)
  })

  test('happens once for starts at the same time', async () => {
    await Promise.all([ensure(), ensure(), ensure()])
    expect(builds()).toBe(1)
  })

  test('goes on after a build that was killed', async () => {
    write('out/building', '2147483647')
    await ensure()
    expect(builds()).toBe(1)
  })

  test('that fails is a sentence', async () => {
    write('node_modules/builder/build.js', 'process.exit(1)')
    await expect(ensure()).rejects.toThrow(BuildFailed)
    expect(existsSync(join(root, 'out/building'))).toBe(false)
    write('node_modules/builder/build.js', '')
    await expect(ensure()).rejects.toThrow('npm ci')
  })
})
