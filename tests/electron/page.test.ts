import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readAssets } from '../../main/door/assets.ts'
import { pageScheme, servePage } from '../../main/electron/page.ts'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'assets-'))
  mkdirSync(join(directory, 'assets', 'deep'), { recursive: true })
  writeFileSync(join(directory, 'index.html'), '<!doctype html>front')
  writeFileSync(join(directory, 'assets', 'deep', 'page.js'), 'void 0')
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

describe('the table of what is served', () => {
  test('has the known types, and no hidden file, link or other type', () => {
    writeFileSync(join(directory, '.env.js'), 'secret')
    mkdirSync(join(directory, '.git'))
    writeFileSync(join(directory, '.git', 'x.js'), 'secret')
    writeFileSync(join(directory, 'page.js.map'), 'secret')
    writeFileSync(join(directory, 'noextension'), 'secret')
    symlinkSync('/etc/hostname', join(directory, 'link.js'))
    symlinkSync('/etc', join(directory, 'folder.js'))
    expect([...readAssets(directory).keys()].toSorted()).toEqual(['/', '/assets/deep/page.js', '/index.html'])
  })

  test('needs an index.html', () => {
    rmSync(join(directory, 'index.html'))
    expect(() => readAssets(directory)).toThrow('index.html')
  })

  test('stays as it was at start', async () => {
    const assets = readAssets(directory)
    rmSync(directory, { recursive: true })
    expect(assets.get('/')?.type).toBe('text/html; charset=utf-8')
    expect(new TextDecoder().decode(assets.get('/')?.bytes)).toContain('front')
  })
})

const ask = (url: string, method = 'GET'): Response =>
  servePage(readAssets(directory))({ url, method } as unknown as Request)

describe("the window's own scheme", () => {
  test('serves the page with the policy that shuts it in', async () => {
    const answer = ask('app://page/')
    expect([answer.status, await answer.text()]).toEqual([200, '<!doctype html>front'])
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(answer.headers.get('content-security-policy')).not.toMatch(/unsafe|ws:|http/)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(ask('app://page/assets/deep/page.js').headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(ask('app://page/#offers').status).toBe(200)
  })

  test('and nothing else', async () => {
    for (const url of [
      'app://other/',
      'app://page',
      'app://page/../../etc/passwd',
      'app://page/%2e%2e/%2e%2e/etc/passwd',
      'app://page/assets/deep/../deep/page.js',
      'app://page//etc/passwd',
      'app://page/assets/deep/page.js?x',
      'file:///etc/passwd',
      'https://evil.example/',
      '',
    ]) {
      const answer = ask(url)
      expect.soft([answer.status, await answer.text()], url).toEqual([404, ''])
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    }
    expect(ask('app://page/', 'POST').status).toBe(404)
  })

  test('is no way round the policy', () => {
    const { privileges = {} } = pageScheme
    expect(pageScheme.scheme).toBe('app')
    expect(privileges).toMatchObject({ standard: true, secure: true })
    expect(privileges.bypassCSP ?? false).toBe(false)
    expect(privileges.allowServiceWorkers ?? false).toBe(false)
    expect(privileges.corsEnabled ?? false).toBe(false)
  })
})
