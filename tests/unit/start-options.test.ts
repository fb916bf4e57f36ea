import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Fault } from '../../core/base/fault.ts'
import { startSentence } from '../../main/door/sentences.ts'
import { help, parseOptions, Usage } from '../../main/start/options.ts'
import { profileDirectory } from '../../main/start/profile.ts'

describe('the options of npm start', () => {
  test('have defaults', () => {
    expect(parseOptions([])).toEqual({
      help: false,
      profile: 'main',
      data: undefined,
      door: 'auto',
      open: true,
      port: 0,
      log: false,
    })
  })

  test('are what was typed', () => {
    const typed = ['--profile', 'anna-2', '--data', '/x', '--door', 'local', '--port=4444', '--no-open', '--log']
    expect(parseOptions(typed)).toEqual({
      help: false,
      profile: 'anna-2',
      data: '/x',
      door: 'local',
      open: false,
      port: 4444,
      log: true,
    })
  })

  test("the page's own options ask for the page", () => {
    expect(parseOptions(['--no-open']).door).toBe('local')
    expect(parseOptions(['--port', '4444']).door).toBe('local')
    expect(() => parseOptions(['--door', 'electron', '--no-open'])).toThrow(Usage)
  })

  test.each([
    ['--profile', ''],
    ['--profile', '../x'],
    ['--profile', 'a/b'],
    ['--profile', 'A'],
    ['--profile', '.hidden'],
    ['--profile', '-x'],
    ['--profile', 'con'],
    ['--profile', 'x'.repeat(33)],
    ['--profile', 'a\u0000b'],
    ['--data', ''],
    ['--door', 'back'],
    ['--port', '80'],
    ['--port', '65536'],
    ['--port', '1e4'],
    ['--port', '-1'],
    ['--unknown', 'x'],
    ['stray', 'x'],
  ])('refuse %s %j with a sentence', (...typed) => {
    expect(() => parseOptions(typed)).toThrow(Usage)
  })

  test('are all in the help', () => {
    for (const name of ['profile', 'data', 'door', 'port', 'no-open', 'log', 'help'])
      expect(help).toContain(`--${name}`)
  })
})

const at = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv, data?: string) =>
  profileDirectory({ profile: 'anna', data }, platform, env, '/home/x')

test("a profile lies where each system keeps the programs' data", () => {
  expect(at('linux', {})).toBe('/home/x/.local/share/staffetta/anna')
  expect(at('linux', { XDG_DATA_HOME: '/data' })).toBe('/data/staffetta/anna')
  expect(at('linux', { XDG_DATA_HOME: '' })).toBe('/home/x/.local/share/staffetta/anna')
  expect(at('darwin', { XDG_DATA_HOME: '/data' })).toBe('/home/x/Library/Application Support/Staffetta/anna')
  expect(at('win32', { APPDATA: '/roaming' })).toBe(join('/roaming', 'Staffetta', 'anna'))
  expect(at('linux', {}, '/elsewhere')).toBe('/elsewhere')
})

describe('the sentence for what went wrong', () => {
  test.each([
    [new Fault('profile-in-use', 'x'), /anna is open already/],
    [new Fault('port-in-use', 'x'), /Another program uses that port/],
    [new Fault('disk-full', 'x'), /Make room/],
    [Object.assign(new Error('EACCES: permission denied, mkdir /secret'), { code: 'EACCES' }), /--data DIR/],
    [Object.assign(new Error('secret'), { code: 'ENOSPC' }), /Make room/],
    [new Error('secret'), /start it again/],
    ['secret', /start it again/],
  ])('%s', (error, sentence) => {
    const said = startSentence(error, 'anna')
    expect(said).toMatch(sentence)
    expect(said).not.toMatch(/secret|\n|Error:| at /)
  })
})
