import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fromHex, utf8 } from '../../core/base/bytes.ts'
import { Fault } from '../../core/base/fault.ts'
import { inputOf, run } from '../fuzz/run.ts'
import type { Target } from '../fuzz/target.ts'
import { targets } from '../fuzz/targets.ts'
import { freshSeed } from '../harness/options.ts'

const root = join(import.meta.dirname, '../..')

describe('every decoder of core', () => {
  const seeds = { 'the seed of always': 1, 'a seed of its own': freshSeed() }
  it.each(Object.entries(seeds))('takes whatever comes, with %s', (_name, seed) => {
    const { failures, targets: reports } = run(targets, { seed, ms: 60_000, iterations: 200 })
    expect(failures, `npm run fuzz -- --seed ${seed}`).toEqual([])
    expect(reports.every(({ iterations }) => iterations === 200)).toBe(true)
  })

  it('gets the same inputs for the same seed, and others for another', () => {
    for (const target of targets) {
      const first = Array.from({ length: 20 }, (_, iteration) => inputOf(target, 3, iteration))
      expect(Array.from({ length: 20 }, (_, iteration) => inputOf(target, 3, iteration))).toEqual(first)
      expect(Array.from({ length: 20 }, (_, iteration) => inputOf(target, 4, iteration))).not.toEqual(first)
    }
  })

  it('has a target', () => {
    const decoder =
      /export (?:async )?function ((?:decode|parse|unpad|from[A-Z]|prove|accept)\w*|open(?:With|Body|Slot)?)\(/g
    const found = readdirSync(join(root, 'core'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => {
        const path = join('core', file)
        return [...readFileSync(join(root, path), 'utf8').matchAll(decoder)].map(([, name]) => `${path} ${name}`)
      })
    const covered = new Set(targets.flatMap(({ covers }) => covers))
    expect(found.length).toBeGreaterThan(25)
    expect(found.filter((each) => !covered.has(each))).toEqual([])
    // and none that is gone, or was never there
    for (const each of covered) {
      const [path = '', name = ''] = each.split(' ')
      expect(readFileSync(join(root, path), 'utf8'), each).toMatch(
        new RegExp(`export (?:async )?(?:function|class) ${name}\\b`),
      )
    }
  })
})

describe('the fuzzer finds', () => {
  const target = (again: Target['again']): Target => ({
    name: 'a broken decoder',
    covers: [],
    corpus: [utf8('a valid input of some length')],
    faults: ['malformed'],
    again,
  })
  const found = (again: Target['again']) => run([target(again)], { seed: 1, ms: 30_000, iterations: 400 }).failures

  it('a decoder that throws something else than it promises, and the shortest input for it', () => {
    const [first] = found((input) => {
      if (input.includes(0xff)) throw new TypeError('oh')
      return input
    })
    expect(first).toMatchObject({ kind: 'crash', seed: 1, input: 'ff' })
    expect(first?.what).toContain('TypeError: oh')
    const [other] = found((input) => {
      if (input.length > 40) throw new Fault('disk-full', 'Not promised')
      return input
    })
    expect(other).toMatchObject({ kind: 'crash', input: '00'.repeat(41) })
  })

  it('a decoder that reads two inputs as the same', () => {
    const [first] = found((input) => (input.at(-1) === 0 ? input.slice(0, -1) : input))
    expect(first).toMatchObject({ kind: 'mismatch', input: '00' })
  })

  it('a decoder that writes into its input', () => {
    const [first] = found((input) => {
      const same = input.slice()
      if (input.length > 100) input.fill(0)
      return same
    })
    expect(first?.kind).toBe('mismatch')
    expect(fromHex(first?.input ?? '').length).toBe(101)
  })

  it('a decoder that refuses what is valid', () => {
    const [first] = found(() => {
      throw new Fault('malformed', 'No')
    })
    expect(first).toMatchObject({ kind: 'mismatch', iteration: -1 })
  })

  it('a decoder that is slow', () => {
    let calls = 0
    const [first] = found((input) => {
      const until = performance.now() + (calls++ === 3 ? 1_050 : 0)
      while (performance.now() < until);
      return input
    })
    expect(first?.kind).toBe('hang')
  })
})
