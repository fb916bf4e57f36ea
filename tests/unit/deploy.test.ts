import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkConfiguration } from '../../main/node/config.ts'
import { parseOptions } from '../../main/node/options.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const guide = read('docs/OPERATING.md')
const launcher = 'main/node/staffetta-node.js'

describe('the unit of systemd', () => {
  const unit = read('deploy/staffetta-node.service')
  const settings = new Map([...unit.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]))

  it('runs the real command', () => {
    const [program, script, ...args] = settings.get('ExecStart')?.split(' ') ?? []
    expect(program).toBe('/usr/bin/node')
    expect(script).toBe(`/opt/staffetta/${launcher}`)
    expect(existsSync(join(root, launcher))).toBe(true)
    expect(parseOptions(args)).toMatchObject({ command: 'run', directory: '/var/lib/staffetta' })
    expect(settings.get('StateDirectory')).toBe('staffetta')
  })

  it('shuts it in, and lets V8 compile', () => {
    for (const name of ['NoNewPrivileges', 'ProtectHome', 'PrivateTmp', 'PrivateDevices', 'RestrictNamespaces']) {
      expect(settings.get(name), name).toBe('yes')
    }
    expect(settings.get('ProtectSystem')).toBe('strict')
    expect(settings.get('CapabilityBoundingSet')).toBe('')
    expect(settings.get('StateDirectoryMode')).toBe('0700')
    expect(settings.has('MemoryDenyWriteExecute')).toBe(false)
    // more than the connections that a node takes
    expect(Number(settings.get('LimitNOFILE'))).toBeGreaterThan(4 * 1500)
  })

  it.skipIf(spawnSync('systemd-analyze', ['--version']).status !== 0)('is exposed little, says systemd itself', () => {
    const { stdout } = spawnSync('systemd-analyze', ['security', '--offline=true', 'deploy/staffetta-node.service'], {
      cwd: root,
      encoding: 'utf8',
    })
    const exposure = /Overall exposure level for [^:]+: ([\d.]+)/.exec(stdout)?.[1]
    expect(Number(exposure)).toBeLessThan(2)
  })
})

describe('the Dockerfile', () => {
  const dockerfile = read('deploy/Dockerfile')
  const list = (instruction: string): string[] => {
    const text = new RegExp(`^${instruction}.*?(\\[.*\\])$`, 'm').exec(dockerfile)?.[1] ?? '[]'
    return JSON.parse(text) as string[]
  }

  it('copies what is there and what the context holds', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) => names.split(' '))
    expect(copied.length).toBeGreaterThan(5)
    const held = new Set(
      read('.dockerignore')
        .split('\n')
        .filter((line) => line.startsWith('!'))
        .map((line) => line.slice(1)),
    )
    for (const name of copied) {
      expect(existsSync(join(root, name)), name).toBe(true)
      expect(held.has(name), name).toBe(true)
    }
    expect(read('.dockerignore').split('\n')).toContain('*')
  })

  it('runs the real commands, as an account without rights', () => {
    expect(list('ENTRYPOINT')).toEqual(['node', launcher])
    expect(parseOptions(list('CMD'))).toMatchObject({ command: 'run', directory: '/data' })
    const [node, script, ...check] = list('HEALTHCHECK')
    expect([node, script]).toEqual(['node', launcher])
    expect(parseOptions(check)).toMatchObject({ command: 'status', directory: '/data', check: true })
    expect(dockerfile).toMatch(/^USER node$/m)
    expect(dockerfile).toMatch(/^VOLUME \/data$/m)
  })
})

describe('the operator’s guide', () => {
  const blocks = [...guide.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, kind, text = '']) => ({ kind, text }))

  it('types commands that there are', () => {
    const typed = blocks
      .filter(({ kind }) => kind === 'sh')
      .flatMap(({ text }) => [
        ...text.matchAll(
          /(?:npm run node --|staffetta-node\.js|staffetta-node) ((?:init|run|invite|status|backup) .*)$/gm,
        ),
      ])
      .map(([, words = '']) => words.split(' '))
    expect(typed.length).toBeGreaterThan(10)
    const commands = new Set(typed.map((argv) => parseOptions(argv).command))
    expect([...commands].toSorted()).toEqual(['backup', 'init', 'invite', 'run', 'status'])
  })

  it('lists every setting with what it usually is, and an example that is taken', () => {
    const usual: Record<string, unknown> = checkConfiguration({ version: 1, listen: ['/ip4/0.0.0.0/tcp/4001'] })
    const flat = Object.entries(usual).flatMap(([name, value]) =>
      ['limits', 'handOff', 'relay'].includes(name)
        ? Object.entries(value as object).map(([inner, each]) => [`${name}.${inner}`, each] as const)
        : [[name, value] as const],
    )
    const rows = new Map(
      [...guide.matchAll(/^\| `([\w.]+)` +\| (?:`(.*?)`)? *\|/gm)].map(([, name = '', value = '']) => [name, value]),
    )
    expect([...rows.keys()].toSorted()).toEqual(
      flat
        .map(([name]) => name)
        .filter((name) => name !== 'version')
        .toSorted(),
    )
    for (const [name, value] of flat) {
      if (name !== 'version' && name !== 'listen') expect(rows.get(name), name).toBe(JSON.stringify(value))
    }
    const example = blocks.find(({ kind, text }) => kind === 'json' && text.includes('"listen"'))
    expect(checkConfiguration(JSON.parse(example?.text ?? ''))).toMatchObject({ quotaMiB: 4096 })
  })

  it('names files and sections that are there', () => {
    const headings = [...guide.matchAll(/^#+ (.+)$/gm)].map(([, text = '']) => text.toLowerCase().replaceAll(' ', '-'))
    for (const [, target = ''] of guide.matchAll(/\]\(([^)]+)\)/g)) {
      if (target.startsWith('#')) expect(headings).toContain(target.slice(1))
      else expect(existsSync(join(root, 'docs', target)), target).toBe(true)
    }
  })
})
