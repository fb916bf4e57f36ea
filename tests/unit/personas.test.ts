import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pseudonym, weave } from '../../core/api/views.ts'
import { hex, u32 } from '../../core/base/bytes.ts'
import type { CommunityId, PersonaId } from '../../core/base/ids.ts'
import { Communities } from '../../core/community/communities.ts'
import { schema as communitySchema } from '../../core/community/schema.ts'
import { requireSignature, sign } from '../../core/crypto/sign.ts'
import type { Database } from '../../core/database/database.ts'
import { Personas } from '../../core/personas/personas.ts'
import { proposePseudonyms, wordLists, wordsInList } from '../../core/personas/pseudonyms.ts'
import { schema } from '../../core/personas/schema.ts'
import { weaveOf } from '../../core/personas/weave.ts'
import { faultOf } from '../support/faults.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { scratch, type Scratch } from '../support/scratch.ts'

const tables = [...communitySchema, ...schema]

let files: Scratch
let clock: ManualClock
let database: Database
let personas: Personas
let community: CommunityId

beforeEach(() => {
  files = scratch()
  clock = new ManualClock()
  database = files.database('vault', tables)
  personas = new Personas(database, clock)
  community = new Communities(database, clock).create({ name: 'Weavers' }).id
})
afterEach(() => files.remove())

describe('a persona', () => {
  it('has a key of its own, and is there after a restart', () => {
    const made = personas.create(community, ' Quiet Loom ')
    expect(made).toMatchObject({ communityId: community, pseudonym: 'Quiet Loom', createdAt: clock.now() })
    const message = u32(7)
    requireSignature(sign(message, made.key), message, made.key.publicKey)
    database.close()
    database = files.database('vault', tables)
    expect(new Personas(database, clock).get(made.id)).toEqual(made)
  })

  it('shares nothing with another one of the same person', () => {
    const other = new Communities(database, clock).create({ name: 'Potters' }).id
    const one = personas.create(community, 'Quiet Loom')
    clock.advance(1)
    const two = personas.create(other, 'Quiet Loom')
    expect(hex(one.key.publicKey)).not.toBe(hex(two.key.publicKey))
    expect(personas.list().map(({ id }) => id)).toEqual([one.id, two.id])
    expect(personas.list(other).map(({ id }) => id)).toEqual([two.id])
    expect(personas.list('0'.repeat(32) as CommunityId)).toEqual([])
  })

  it('is not made with a pseudonym that could deceive, nor where there is no community', async () => {
    for (const name of ['', ' ', 'x', 'x'.repeat(41), 'a\nb', 'a\u202eb', 'a\u200bb', 'a\ud800b', 'a\u0000b']) {
      expect(await faultOf(() => personas.create(community, name))).toBe('bad-input')
    }
    expect(await faultOf(() => personas.create('f'.repeat(32) as CommunityId, 'Quiet Loom'))).toBe('not-found')
    expect(await faultOf(() => personas.get('f'.repeat(32) as PersonaId))).toBe('not-found')
    expect(personas.list()).toEqual([])
  })
})

describe('pseudonyms', () => {
  for (const language of ['en', 'it'] as const) {
    it(`are made of two fair lists: ${language}`, () => {
      for (const words of Object.values(wordLists(language))) {
        expect(words).toHaveLength(wordsInList)
        expect(new Set(words).size).toBe(wordsInList)
        for (const word of words) expect(word).toMatch(/^[a-zù]{3,12}$/)
      }
    })

    it(`are different from each other, valid, and drawn from all the words: ${language}`, () => {
      const { first, second } = wordLists(language)
      const seen = new Set<string>()
      for (let round = 0; round < 100; round++) {
        const proposed = proposePseudonyms(language, 64)
        expect(new Set(proposed).size).toBe(64)
        for (const name of proposed) {
          expect(pseudonym.parse(name)).toBe(name)
          for (const word of name.toLowerCase().split(' ')) seen.add(word)
        }
      }
      expect(seen.size).toBe(new Set([...first, ...second]).size)
    })
  }

  it('come in the number asked for, within bounds', () => {
    expect(proposePseudonyms('it', 6)).toHaveLength(6)
    expect(proposePseudonyms('it', 0)).toEqual([])
    expect(proposePseudonyms('it', 1e9)).toHaveLength(64)
  })
})

describe('a weave', () => {
  const weaves = Array.from({ length: 4000 }, (_, i) => weaveOf(u32(i)))

  it('is what the contract says, and always the same for a key', () => {
    for (const [i, picture] of weaves.entries()) {
      expect(weave.parse(picture)).toEqual(picture)
      if (i < 50) expect(weaveOf(u32(i))).toEqual(picture)
    }
  })

  it('shows every thread it names, and no two that look alike', () => {
    for (const { threads, cells } of weaves) {
      expect(new Set(cells)).toEqual(new Set(threads.keys()))
      for (const one of threads) {
        for (const other of threads) if (one !== other) expect((one - other + 12) % 12).toBeGreaterThan(1)
      }
    }
  })

  it('can be told from others, mostly even without colours', () => {
    expect(new Set(weaves.map(({ motif }) => motif)).size).toBe(4)
    expect(new Set(weaves.map((picture) => JSON.stringify(picture))).size).toBeGreaterThan(0.99 * weaves.length)
    const shapes = new Set(weaves.map(({ cells }) => cells.map((cell) => Math.min(cell, 1)).join('')))
    expect(shapes.size).toBeGreaterThan(150)
    for (let motif = 0; motif < 4; motif++) {
      for (let thread = 0; thread < 12; thread++) {
        expect(weaves.some((picture) => picture.motif === motif && picture.threads.includes(thread))).toBe(true)
      }
    }
  })
})
