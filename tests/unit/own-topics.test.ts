import { describe, expect, it } from 'vitest'
import { neighboursOf, topicDistance } from '../../core/topics/neighbours.ts'
import { topicSpace, type OwnTopic } from '../../core/topics/own.ts'
import { isTopic, topics } from '../../core/topics/taxonomy.ts'
import { topicGroups } from '../../core/topics/words.ts'
import { faultOf } from '../support/faults.ts'
import { words } from '../support/member.ts'
import { Village } from '../support/village.ts'

const choir: OwnTopic = {
  id: 'own-abcdefgh',
  words: { en: { name: 'Choir', also: ['rehearsals'] }, it: { name: 'Coro', also: ['prove di canto', 'perché no'] } },
  near: ['singing', 'own-ijklmnop', 'no-such-topic', 'own-abcdefgh'],
}
const archive: OwnTopic = { id: 'own-ijklmnop', words: { ja: { name: '織り手の記録', also: [] } }, near: [] }
const space = topicSpace([choir, archive])

describe('a topic of a community in offers', () => {
  it('is chosen, suggested and found by its names, by those who have the charter', async () => {
    const village = new Village()
    try {
      await village.start()
      const { mentor, seeker, communityId, persona } = village
      const draft = { ...words, topics: ['own-abcdefgh'] }
      expect(await faultOf(() => mentor.offers.publish({ personaId: persona.mentor, draft }))).toBe('bad-input')
      const { topics: own } = mentor.charterEditing.putTopic(communityId.mentor, {
        words: [{ language: 'it', name: 'Coro', also: ['prove di canto'] }],
        near: ['singing'],
      })
      const topic = own[0]?.id ?? ''
      await mentor.commons.tend(communityId.mentor)
      const offer = await village.publish({ ...words, topics: [topic] })
      const there = { communityId: communityId.seeker, limit: 10 }
      const found = (text: string): string[] => seeker.matching.search({ ...there, text }).map(({ id }) => id)
      expect(found('coro')).toEqual([])
      await seeker.commons.refresh(communityId.seeker)
      expect(found('coro')).toEqual([offer])
      expect(found('canto')).toEqual([offer])
      const { kind: _, ...said } = words
      const wish = { ...said, kind: 'request' as const, topics: ['singing'] }
      expect(seeker.matching.suggest({ ...there, wish })).toMatchObject([
        { offer: { id: offer }, reasons: [{ kind: 'near-topic', topic, wished: 'singing' }, {}, {}, {}] },
      ])
    } finally {
      await village.end()
    }
  })
})

describe('the topics of a community', () => {
  it('are the built-in ones where it has none of its own', () => {
    const plain = topicSpace([])
    for (const { id } of topics) expect(plain.near(id)).toEqual(neighboursOf(id))
    expect(plain.groups('it')).toEqual(topicGroups('it'))
    expect(plain.distance('music', 'theatre')).toBe(topicDistance('music', 'theatre'))
    expect(plain.has('own-abcdefgh')).toBe(false)
  })

  it('have ids that no built-in one can have', () => {
    for (const { id } of topics) expect(id.startsWith('own-')).toBe(false)
    expect(topics.some(({ group }) => group === 'own')).toBe(false)
    expect(isTopic(choir.id)).toBe(false)
    expect(space.has(choir.id)).toBe(true)
    expect(space.has('singing')).toBe(true)
    expect(space.has('no-such-topic')).toBe(false)
  })

  it('lie beside what the founder put them beside, both ways, and nowhere else', () => {
    expect([...space.near(choir.id)].toSorted()).toEqual(['own-ijklmnop', 'singing'])
    expect(space.near('singing').has(choir.id)).toBe(true)
    expect(space.near('singing').has('music')).toBe(true)
    expect(neighboursOf('singing').has(choir.id)).toBe(false)
    const all = [choir.id, archive.id, 'singing', 'music', 'taxes', 'no-such-topic']
    for (const a of all) for (const b of all) expect(space.distance(a, b), `${a} ${b}`).toBe(space.distance(b, a))
    expect(space.distance(choir.id, choir.id)).toBe(0)
    expect(space.distance(choir.id, 'singing')).toBe(1)
    // beside singing is music
    expect(space.distance(choir.id, 'music')).toBe(2)
    expect(space.distance(choir.id, 'taxes')).toBeUndefined()
    expect(space.distance(choir.id, 'no-such-topic')).toBeUndefined()
  })

  it('are found by what they are called in any language', () => {
    expect(space.forWord('choir')).toContain(choir.id)
    expect(space.forWord('CORO')).toContain(choir.id)
    expect(space.forWord('rehears', true)).toContain(choir.id)
    expect(space.forWord('perche')).toContain(choir.id)
    expect(space.forWord('記録')).toEqual([archive.id])
    expect(space.forWord('singing')).toContain('singing')
    expect(space.forWord('sewing')).not.toContain(choir.id)
    expect(space.forWord('')).toEqual([])
  })

  it('stand before the others, in the language on screen or else in one that is there', () => {
    const [own, ...rest] = space.groups('it')
    expect(own).toEqual({
      id: 'own',
      name: 'Di questa comunità',
      topics: [
        { id: choir.id, name: 'Coro', also: ['prove di canto', 'perché no'] },
        { id: archive.id, name: '織り手の記録', also: [] },
      ],
    })
    expect(rest).toEqual(topicGroups('it'))
    expect(space.groups('fr')[0]?.topics[0]?.name).toBe('Choir')
  })

  it('with hostile names are shown without what deceives, or not at all', () => {
    const hostile = topicSpace([
      { id: 'own-hostile1', words: { en: { name: '\u202e\u200b', also: ['x'] } }, near: ['singing'] },
      { id: 'own-hostile2', words: { en: { name: 'safe\u202etxet', also: ['\u200b', 'a\u202eb'] } }, near: [] },
      { id: 'own-hostile3', words: { en: { name: '<img src=x>', also: ['" OR *'] } }, near: [] },
    ])
    expect(hostile.has('own-hostile1')).toBe(false)
    expect(hostile.near('singing')).toEqual(neighboursOf('singing'))
    expect(hostile.groups('en')[0]?.topics).toEqual([
      { id: 'own-hostile2', name: 'safetxet', also: ['ab'] },
      { id: 'own-hostile3', name: '<img src=x>', also: ['" OR *'] },
    ])
    expect(hostile.forWord('img')).toEqual(['own-hostile3'])
  })
})
