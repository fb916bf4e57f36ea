import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import type * as Miner from '../../core/crypto/miner.ts'
import { ensureBuilt, windowProduct } from '../../main/start/build.ts'
import { readAssets } from '../../main/door/assets.ts'

const root = join(import.meta.dirname, '..', '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const bare = (code: string): string => code.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')

/** `electron-vite build`, which needs Electron's package and not its program. */
describe('the built window', () => {
  beforeAll(() => ensureBuilt(root, windowProduct, () => {}), 180_000)

  test('has a preload of a few lines that can load nothing but electron', () => {
    const code = bare(read('out/preload/preload.cjs'))
    expect([...code.matchAll(/require\(([^)]*)\)/g)].map(([, name]) => name)).toEqual(['"electron"'])
    expect(code).not.toMatch(/\bimport\b|process\b|contextBridge/)
    expect(
      bare(read('main/electron/preload.ts'))
        .split('\n')
        .filter((line) => line.trim() !== '').length,
    ).toBeLessThan(20)
  })

  test('bundles no native package and no other', () => {
    const code = read('out/main/core/database/database.js')
    expect(code).toMatch(/from "@signalapp\/sqlcipher"/)
    expect(bare(read('out/main/main/electron/index.js'))).toMatch(/from "electron"/)
    const own = bare(read('out/main/core/app.js'))
    expect(own).toMatch(/from "\.\/vault\/vault\.js"/)
    for (const name of ['sodium-native', '@signalapp/libsignal-client', '@signalapp/sqlcipher']) {
      expect(() => createRequire(join(root, 'out/main/core/app.js')).resolve(name)).not.toThrow()
    }
  })

  test('finds the thread that mines beside the code that starts it', async () => {
    const { mine } = (await import(pathToFileURL(join(root, 'out/main/core/crypto/miner.js')).href)) as typeof Miner
    expect(await mine(new Uint8Array(32), 8)).toBeTypeOf('bigint')
  })

  test('has the page that the local door serves too', () => {
    const assets = readAssets(join(root, 'out/window'))
    expect(new TextDecoder().decode(assets.get('/')?.bytes)).toContain('<script type="module"')
    // nothing inline: the policy would refuse it
    expect(new TextDecoder().decode(assets.get('/')?.bytes)).not.toMatch(/<script(?![^>]*src=)|<style|style="|onload=/)
  })
})
