import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { enoughBits, passphraseBits } from '../../core/api/passphrase.ts'
import type { MessageView } from '../../core/api/views.ts'
import { byDay } from '../../renderer/features/conversation/days.ts'
import { proposePassphrase } from '../../renderer/features/welcome/passphrase.ts'
import { isSection, sectionOf, sections, type Route } from '../../renderer/routing/route.ts'
import { current, goInstead, goOn, goTo, start, type Trail } from '../../renderer/routing/trail.ts'
import { createDoubleEscape } from '../../renderer/shell/quick-exit.ts'
import { side, threadPath } from '../../renderer/ui/weave-paths.ts'

describe('the trail', () => {
  const offer: Route = { at: 'offer', id: 'a' }

  it('goes on, back and on again', () => {
    const there = goOn(goOn(start, { at: 'people' }), offer)
    expect(current(there)).toEqual(offer)
    const back = goTo(there, 1)
    expect(current(back)).toEqual({ at: 'people' })
    expect(current(goTo(back, 2))).toEqual(offer)
  })

  it('forgets what lay ahead when it turns off', () => {
    const turned = goOn(goTo(goOn(goOn(start, { at: 'people' }), offer), 1), { at: 'you' })
    expect(turned.places.map(({ at }) => at)).toEqual(['discover', 'people', 'you'])
  })

  it('does not grow by going to where one is', () => {
    const there = goOn(start, offer)
    expect(goOn(there, { at: 'offer', id: 'a' })).toBe(there)
    expect(goOn(there, { at: 'offer', id: 'b' })).not.toBe(there)
  })

  it('puts a result where its form was', () => {
    const written = goInstead(goOn(start, { at: 'write', kind: 'offer', draftId: 'd' }), { at: 'own-offer', id: 'a' })
    expect(written.places.map(({ at }) => at)).toEqual(['discover', 'own-offer'])
  })

  it('always has a place, whatever the browser asks for', () => {
    const moves = fc.array(fc.oneof(fc.integer(), fc.constantFrom(...sections)), { maxLength: 40 })
    fc.assert(
      fc.property(moves, (steps) => {
        let trail: Trail = start
        for (const step of steps) trail = typeof step === 'number' ? goTo(trail, step) : goOn(trail, { at: step })
        expect(trail.places[trail.index]).toBe(current(trail))
      }),
    )
  })

  it('belongs to a section', () => {
    for (const at of sections) expect(isSection({ at })).toBe(true)
    expect(isSection(offer)).toBe(false)
    expect(sectionOf(offer)).toBe('discover')
    expect(sectionOf({ at: 'conversation', id: 'a' })).toBe('people')
  })
})

describe('escape twice', () => {
  it('is two in a row, in time, and then begins anew', () => {
    const isSecond = createDoubleEscape()
    expect(isSecond('Escape', 1000)).toBe(false)
    expect(isSecond('Escape', 1600)).toBe(true)
    expect(isSecond('Escape', 1700)).toBe(false)
    expect(isSecond('Escape', 9000)).toBe(false)
    expect(isSecond('a', 9100)).toBe(false)
    expect(isSecond('Escape', 9200)).toBe(false)
    expect(isSecond('Escape', 9300)).toBe(true)
  })
})

describe('a proposed passphrase', () => {
  it('is five words that can be said, and strong enough for the vault', () => {
    for (let times = 0; times < 200; times++) {
      const passphrase = proposePassphrase()
      expect(passphrase).toMatch(/^(?:(?:[bdfglmnprstvz][aeiou]){3} ){4}(?:[bdfglmnprstvz][aeiou]){3}$/)
      expect(passphraseBits(passphrase)).toBeGreaterThanOrEqual(enoughBits)
    }
  })

  it('uses every letter about as often as the others', () => {
    const counts = new Map<string, number>()
    for (let times = 0; times < 1000; times++) {
      for (const letter of proposePassphrase().replace(/[ aeiou]/g, ''))
        counts.set(letter, (counts.get(letter) ?? 0) + 1)
    }
    // 15,000 draws of 13 letters: 1,154 each, and 200 is over six standard deviations
    for (const [letter, count] of counts) expect(Math.abs(count - 15_000 / 13), letter).toBeLessThan(200)
    expect(counts.size).toBe(13)
  })
})

describe('a weave', () => {
  it('draws each cell once, in its own place', () => {
    const cells = Array.from({ length: side * side }, (_, index) => index % 3)
    for (const motif of [0, 1, 2, 3]) {
      const starts = [1, 2].flatMap((thread) => threadPath(cells, thread, motif).match(/M/g) ?? [])
      expect(starts).toHaveLength(cells.filter((cell) => cell > 0).length)
    }
    expect(new Set([0, 1, 2, 3].map((motif) => threadPath(cells, 1, motif))).size).toBe(4)
  })

  it('stays bounded for cells that are not what they should be', () => {
    expect(
      threadPath(
        Array.from({ length: 1000 }, () => 1),
        1,
        0,
      ).match(/M/g),
    ).toHaveLength(side * side)
    expect(threadPath([], 1, 7)).toBe('')
  })
})

describe('the days of a conversation', () => {
  const message = (id: string, sentAt: string): MessageView => ({
    id,
    conversationId: 'c',
    position: 0,
    mine: false,
    kind: 'text',
    text: id,
    event: null,
    sentAt: new Date(sentAt).getTime(),
    edited: false,
    reply: null,
    reactions: { mine: null, theirs: null },
    timer: 0,
    expiresAt: null,
    changeableUntil: null,
    delivery: null,
  })

  it('keep the order of the messages, even where a clock was wrong', () => {
    const days = byDay([
      message('a', '2026-11-22T10:00:00'),
      message('b', '2026-11-22T23:59:00'),
      message('c', '2026-11-23T00:01:00'),
      message('d', '2026-11-22T12:00:00'),
    ])
    expect(days.map((day) => day.messages.map(({ id }) => id))).toEqual([['a', 'b'], ['c'], ['d']])
  })
})

describe('the styles', () => {
  it('say in one place alone what a class looks like', () => {
    const root = join(import.meta.dirname, '..', '..', 'renderer')
    const homes = new Map<string, Set<string>>()
    for (const file of globSync('**/*.css', { cwd: root })) {
      const styles = readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '')
      for (const [, selectors = ''] of styles.matchAll(/([^{};]+)\{/g)) {
        for (const selector of selectors.split(',')) {
          const [, name] = /^\.([\w-]+)$/.exec(selector.trim()) ?? []
          if (name !== undefined) homes.set(name, (homes.get(name) ?? new Set()).add(file))
        }
      }
    }
    expect(homes.size).toBeGreaterThan(100)
    expect([...homes].filter(([, files]) => files.size > 1)).toEqual([])
  })
})
