import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { random } from '../../core/crypto/random.ts'
import { checkConfiguration } from '../../main/node/config.ts'
import { NodeHome } from '../../main/node/home.ts'
import { Usage } from '../../main/node/options.ts'
import { scratch, type Scratch } from '../support/scratch.ts'

const listen = ['/ip4/0.0.0.0/tcp/4001']
const least = { version: 1 as const, listen }

describe('node.json', () => {
  it('says little, and the rest is as usual', () => {
    expect(checkConfiguration(least)).toEqual({
      ...least,
      announce: [],
      nodes: [],
      workBits: 20,
      quotaMiB: 1024,
      anchor: true,
      limits: {
        connections: 1500,
        storesPerMinute: 60,
        fetchesPerMinute: 120,
        getsPerMinute: 600,
        deletesPerMinute: 240,
        havesPerMinute: 240,
        nodeStoresPerSecond: 200,
      },
      handOff: { settle: 600, interval: 21_600 },
      relay: { reservations: 1500, connections: 1000 },
      metrics: { port: 0 },
      log: 'info',
    })
  })

  it('of the first version is read', () => {
    const first = { ...least, announce: [], nodes: [], workBits: 6 }
    expect(checkConfiguration(first)).toMatchObject(first)
  })

  it.each([
    [{ ...least, quota: 'hunter2' }, 'quota: no such setting'],
    [{ ...least, relay: { reservation: 5 } }, 'relay.reservation: no such setting'],
    [{ ...least, ['hunter2 staffetta:node:secret']: 1 }, 'a key that cannot be shown'],
    [{ ...least, workBits: 'hunter2' }, 'workBits: must be of type number'],
    [{ ...least, workBits: 99 }, 'workBits: must be at most 24'],
    [{ ...least, quotaMiB: 1 }, 'quotaMiB: must be at least 16'],
    [{ ...least, log: 'hunter2' }, 'log: must be debug or info or warn or error'],
    [{ ...least, listen: ['/dns4/hunter2/tcp/1'] }, 'listen.0: no address to listen on'],
    [{ ...least, listen: [] }, 'listen: must be at least 1'],
    [{ ...least, announce: ['hunter2'] }, 'announce.0: no address to announce'],
    [{ ...least, nodes: ['/ip4/192.0.2.1/tcp/1'] }, 'nodes.0: no address that ends with /p2p/'],
    [{ ...least, metrics: { port: 1, host: 'hunter2' } }, 'metrics.host: no such setting'],
    [{ ...least, metrics: { port: 70_000 } }, 'metrics.port: must be at most 65535'],
    [{ listen: ['/ip4/0.0.0.0/tcp/0'], announce: ['/dns4/a/tcp/1'], version: 1 }, 'listen: an announced address'],
    [{ version: 2, listen }, 'version: must be 1'],
    [[], 'the whole: must be of type object'],
  ])('that is wrong is refused by the name of the setting, without its value: %j', (stated, sentence) => {
    let said = ''
    try {
      checkConfiguration(stated)
    } catch (error) {
      expect(error).toBeInstanceOf(Usage)
      said = String(error)
    }
    expect(said).toContain(sentence)
    expect(said).not.toContain('hunter2')
  })
})

describe('the folder of a node', () => {
  let files: Scratch
  let home: NodeHome
  beforeEach(() => {
    files = scratch()
    home = new NodeHome(join(files.directory, 'node'))
    home.create(least, { networkKey: random(32), identitySeed: random(32) })
  })
  afterEach(() => files.remove())

  const write = (text: string): void => writeFileSync(home.at('node.json'), text)

  it('keeps a port without taking away or adding what the operator wrote', () => {
    write('{"version": 1, "listen": ["/ip4/127.0.0.1/tcp/0"], "quotaMiB": 64, "metrics": null}')
    home.saveListen(['/ip4/127.0.0.1/tcp/5000'])
    expect(JSON.parse(readFileSync(home.at('node.json'), 'utf8'))).toEqual({
      version: 1,
      listen: ['/ip4/127.0.0.1/tcp/5000'],
      quotaMiB: 64,
      metrics: null,
    })
  })

  it('with a node.json that is no JSON says so', () => {
    for (const text of ['', '{"version": 1,}', 'x'.repeat(100_000)]) {
      write(text)
      expect(() => home.config()).toThrow('no JSON')
    }
  })

  it('is not believed where it was spoilt', () => {
    writeFileSync(home.at('addresses.json'), '{"not": "a list"}')
    writeFileSync(home.at('metrics.json'), '{"port": "80"}')
    expect(home.addresses()).toEqual([])
    expect(home.metricsPort()).toBeUndefined()
    // of a node that was killed: no process has this number
    writeFileSync(home.at('metrics.json'), '{"port": 80, "pid": 4194305}')
    expect(home.metricsPort()).toBeUndefined()
    writeFileSync(home.at('node.key'), new Uint8Array(3))
    expect(() => home.keys()).toThrow()
  })
})
