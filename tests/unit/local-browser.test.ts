import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openBrowser } from '../../main/local/browser.ts'

const link = 'http://127.0.0.1:4444/#Secret-Token_43'

describe.skipIf(process.platform === 'win32')('opening the browser', () => {
  let directory = ''
  const path = process.env['PATH'] ?? ''
  const runtime = (): string => join(directory, 'runtime')
  const env = (): NodeJS.ProcessEnv => ({ DISPLAY: ':0', XDG_RUNTIME_DIR: runtime() })
  /** A program in place of the system's own, which notes how it was called. */
  const program = (name: string, script: string): void => {
    writeFileSync(join(directory, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(directory, name), 0o755)
  }
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'browser-'))
    mkdirSync(runtime())
    process.env['PATH'] = `${directory}${delimiter}${path}`
    program('xdg-settings', 'echo firefox-esr.desktop')
    program(
      'xdg-open',
      `echo "$@" > ${directory}/arguments; cp "$1" ${directory}/page; ls -ld "$1" > ${directory}/mode`,
    )
  })
  afterEach(() => {
    process.env['PATH'] = path
    rmSync(directory, { recursive: true, force: true })
  })

  test('the token is in no argument: it is in a file that only this user reads, and that goes', async () => {
    const done = await openBrowser(link, 'linux', env())
    const given = readFileSync(join(directory, 'arguments'), 'utf8').trim()
    expect(given).toMatch(/^\/[^ ]+\/open\.html$/)
    expect(given).not.toContain('Secret')
    expect(readFileSync(join(directory, 'page'), 'utf8')).toContain(`0;url=${link}`)
    expect(readFileSync(join(directory, 'mode'), 'utf8')).toMatch(/^-rw------- /)
    expect(statSync(join(given, '..')).mode & 0o777).toBe(0o700)
    expect(existsSync(given)).toBe(true)
    done?.()
    expect(existsSync(given)).toBe(false)
    expect(readdirSync(runtime())).toEqual([])
  })

  test('where it fails, or there is no screen, nothing is left', async () => {
    program('xdg-open', 'exit 3')
    expect(await openBrowser(link, 'linux', env())).toBeUndefined()
    rmSync(join(directory, 'xdg-open'))
    process.env['PATH'] = directory
    expect(await openBrowser(link, 'linux', env())).toBeUndefined()
    expect(await openBrowser(link, 'linux', {})).toBeUndefined()
    expect(readdirSync(runtime())).toEqual([])
  })

  test('only our own link is written into a page', async () => {
    for (const bad of [
      'http://evil.example/#x',
      'http://127.0.0.1:1/#"><script>',
      'javascript:0',
      'http://127.0.0.1:1/x#y',
    ]) {
      expect(await openBrowser(bad, 'linux', env())).toBeUndefined()
    }
    expect(existsSync(join(directory, 'arguments'))).toBe(false)
    expect(readdirSync(runtime())).toEqual([])
  })
})
