import { describe, expect, it } from 'vitest'
import { help, isAnnounceAddress, isListenAddress, parseOptions } from '../../main/node/options.ts'

describe('the command line of a node', () => {
  it('names every command and option in its help', () => {
    for (const word of ['init', 'run', 'invite', 'status', 'backup']) expect(help).toContain(` ${word} --dir`)
    const options = ['--link -', '--listen', '--announce', '--work-bits', '--qr', '--no-qr', '--png', '--json', '--to']
    for (const option of [...options, '--check', '--dir', '--help']) expect(help).toContain(option)
  })

  it('reads what was typed', () => {
    expect(parseOptions(['init', '--dir', 'x'])).toMatchObject({
      command: 'init',
      directory: 'x',
      link: false,
      listen: ['/ip4/0.0.0.0/tcp/4001'],
      announce: [],
      workBits: undefined,
    })
    const behind = ['--listen', '/ip4/127.0.0.1/tcp/4002/ws', '--announce', '/dns4/node.example/tcp/443/wss']
    expect(parseOptions(['init', '--dir', 'x', '--work-bits', '0', ...behind])).toMatchObject({
      listen: ['/ip4/127.0.0.1/tcp/4002/ws'],
      announce: ['/dns4/node.example/tcp/443/wss'],
      workBits: 0,
    })
    expect(parseOptions(['invite', '--dir', 'x'])).toMatchObject({ qr: undefined, png: undefined })
    expect(parseOptions(['invite', '--dir', 'x', '--no-qr', '--png', 'p'])).toMatchObject({ qr: false, png: 'p' })
    expect(parseOptions(['status', '--dir', 'x', '--json'])).toMatchObject({ json: true, check: false })
    expect(parseOptions(['backup', '--dir', 'x', '--to', 'y'])).toMatchObject({ to: 'y' })
    for (const argv of [[], ['help'], ['--help'], ['run', '--help']]) {
      expect(parseOptions(argv)).toMatchObject({ command: 'help' })
    }
  })

  it.each([
    [['init'], '--dir'],
    [['fly', '--dir', 'x'], 'no command'],
    [['link', '--dir', 'x'], 'no command'],
    [['run', 'run', '--dir', 'x'], 'One command'],
    [['init', '--dir', 'x', '--loud'], 'not known'],
    [['init', '--dir', 'x', '--listen', 'everywhere'], 'address to listen on looks like'],
    [['init', '--dir', 'x', '--announce', '/dns4/a b/tcp/1'], 'address to announce looks like'],
    [['init', '--dir', 'x', '--announce', '/dns4/a/tcp/1', '--listen', '/ip4/0.0.0.0/tcp/0'], 'Name the ports'],
    [['init', '--dir', 'x', '--work-bits', '99'], '0 to 24'],
    [['init', '--dir', 'x', '--link', 'staffetta:node:abc'], 'A link is a secret'],
    [['run', '--dir', 'x', '--listen', '/ip4/0.0.0.0/tcp/1'], 'takes no --listen'],
    [['invite', '--dir', 'x', '--qr', '--no-qr'], 'Either'],
    [['backup', '--dir', 'x'], '--to FOLDER'],
  ])('refuses %j', (argv, sentence) => {
    expect(() => parseOptions(argv)).toThrow(sentence)
  })

  it('knows where a node can listen, and what it can be told to announce', () => {
    for (const yes of ['/ip4/0.0.0.0/tcp/0', '/ip6/::/tcp/4001', '/ip4/127.0.0.1/tcp/4002/ws']) {
      expect(isListenAddress(yes), yes).toBe(true)
    }
    const never = ['/ip4/0.0.0.0/tcp/65536', '/ip4/1.2.3.4/udp/1', '/unix/x', '', '/ip4/127.0.0.1/tcp/1/ws/x']
    for (const no of [...never, '/dns4/node.example/tcp/1', '/ip4/127.0.0.1/tcp/1/wss']) {
      expect(isListenAddress(no), no).toBe(false)
    }
    const said = ['/dns4/node.example/tcp/443/wss', '/dns/node.example/tcp/443/tls/ws', '/ip4/192.0.2.1/tcp/1']
    for (const yes of said) expect(isAnnounceAddress(yes), yes).toBe(true)
    for (const no of [...never, '/ip4/192.0.2.1/tcp/0']) expect(isAnnounceAddress(no), no).toBe(false)
  })
})
