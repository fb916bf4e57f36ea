import { describe, expect, it } from 'vitest'
import type { OfferId } from '../../core/base/ids.ts'
import type { Facts } from '../../core/matching/facts.ts'
import { findRings, traders } from '../../core/matching/rings.ts'
import { topicSpace } from '../../core/topics/own.ts'

const plain = { level: 'any' as const, formats: ['text'], tags: [], availability: 0, seenAt: 0 }

describe('rings', () => {
  it('are found at once where two personas fill the boards', () => {
    const languages = ['de', 'en', 'es', 'fr', 'it', 'pl']
    const wrote = (nth: number, persona: string, kind: Facts['kind'], topics: string[]): Facts => {
      const id = Buffer.from(`${persona} ${nth}`.padEnd(16)).toString('hex') as OfferId
      return { ...plain, languages, kind, topics, inReturn: [], id, persona, introduced: false }
    }
    const me = traders([wrote(0, 'me', 'offer', ['music']), wrote(1, 'me', 'request', ['drag'])])[0]
    if (me === undefined) throw new Error('nobody')
    const flood = Array.from({ length: 2500 }, (_, nth) => [
      wrote(nth, 'a', 'offer', ['career-guidance', 'job-search', 'leadership']),
      wrote(nth, 'b', 'request', ['career-change', 'out-at-work', 'workplace-conflict']),
    ]).flat()
    const others = [wrote(0, 'b', 'offer', ['drag']), wrote(1, 'a', 'request', ['music']), ...flood]
    const from = performance.now()
    const topics = topicSpace([])
    const wish = { limit: 20, perPerson: 2, day: 1, topics, standing: () => 'open' as const }
    const rings = findRings(me, traders(others), wish)
    expect(performance.now() - from).toBeLessThan(1000)
    expect(rings).toHaveLength(1)
  })
})
