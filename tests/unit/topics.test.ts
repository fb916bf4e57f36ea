import { describe, expect, it } from 'vitest'
import { topicLanguages, type TopicLanguage } from '../../core/api/topic-languages.ts'
import { topicId } from '../../core/api/views.ts'
import { allTopic } from '../../core/offers/boards.ts'
import { isFiller, topicsForWord } from '../../core/topics/finder.ts'
import { neighboursOf, topicDistance } from '../../core/topics/neighbours.ts'
import { plain, plainWords } from '../../core/topics/plain.ts'
import { groupOf, isTopic, topics } from '../../core/topics/taxonomy.ts'
import { topicWords } from '../../core/topics/words.ts'

/** Boards are derived from these: offers under an id that is gone would be found by nobody. */
const released = `career-guidance job-search budgeting self-employment self-care mental-well-being health-navigation
  transition-care coming-out family-talks legal-rights migration-and-asylum digital-security personal-safety
  language-practice sign-language music writing visual-arts sewing cooking repairs programming everyday-technology
  study-skills university community-organising events-and-fundraising queer-history queer-culture relationships
  parenting`.split(/\s+/)

const ids = topics.map(({ id }) => id)
const groups = [...new Set(topics.map(({ group }) => group))]

describe('the topics', () => {
  it('have stable, distinct ids in 12 to 15 groups, and none is the board of everything', () => {
    for (const { id, group } of topics) expect([topicId.parse(id), topicId.parse(group)]).toEqual([id, group])
    expect(new Set(ids).size).toBe(topics.length)
    expect(topics).toHaveLength(120)
    expect(groups.length).toBeGreaterThanOrEqual(12)
    expect(groups.length).toBeLessThanOrEqual(15)
    expect(ids).not.toContain(allTopic)
    expect(topicId.parse(allTopic)).toBe('all')
  })

  it('keep every id that was released', () => {
    expect(released).toHaveLength(32)
    for (const id of released) expect(isTopic(id), id).toBe(true)
    expect(isTopic('no-such-topic')).toBe(false)
    expect(groupOf('no-such-topic')).toBeUndefined()
  })

  it('have neighbours, both ways, that are topics', () => {
    for (const id of ids) {
      const near = neighboursOf(id)
      expect(near.size, id).toBeGreaterThan(0)
      expect(near.has(id), id).toBe(false)
      for (const other of near) {
        expect(isTopic(other), other).toBe(true)
        expect(neighboursOf(other).has(id), `${other} and ${id}`).toBe(true)
      }
    }
  })

  it('lie as far from each other one way as the other', () => {
    for (const a of ids) for (const b of ids) expect(topicDistance(a, b)).toBe(topicDistance(b, a))
    expect(topicDistance('music', 'music')).toBe(0)
    expect(topicDistance('music', 'singing')).toBe(1)
    expect(topicDistance('music', 'theatre')).toBe(2)
    expect(topicDistance('music', 'taxes')).toBeUndefined()
    expect(topicDistance('of-a-newer-version', 'of-a-newer-version')).toBe(0)
    expect(topicDistance('of-a-newer-version', 'music')).toBeUndefined()
  })
})

/** Letters that words of a language may have besides those of ASCII. */
const scripts: Readonly<Record<TopicLanguage, RegExp>> = {
  ar: /^[\p{Script=Arabic}]*$/u,
  ru: /^[\p{Script=Cyrillic}]*$/u,
  ja: /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]*$/u,
  zh: /^[\p{Script=Han}]*$/u,
  de: /^[\p{Script=Latin}]*$/u,
  en: /^[\p{Script=Latin}]*$/u,
  es: /^[\p{Script=Latin}]*$/u,
  fr: /^[\p{Script=Latin}]*$/u,
  it: /^[\p{Script=Latin}]*$/u,
  pl: /^[\p{Script=Latin}]*$/u,
  pt: /^[\p{Script=Latin}]*$/u,
  tr: /^[\p{Script=Latin}]*$/u,
}
/** Said in Latin letters everywhere. */
const everywhere = /\b(?:HIV|PrEP|AIDS|ADHD|LGBTQ|LGBT|DIY|IT|SNS|NPO|Excel|Linux)\b/gu

describe.each(topicLanguages)('the words of topics in %s', (language) => {
  const words = topicWords(language)

  it('are there for every topic and group, in the order of the taxonomy, and for nothing else', () => {
    expect([...words.topics.keys()]).toEqual(ids)
    expect([...words.groups.keys()]).toEqual(groups)
  })

  it('say at least one thing besides the name', () => {
    for (const [id, { also }] of [...words.topics, ...words.groups]) expect(also.length, id).toBeGreaterThan(0)
  })

  it('are composed, tidy, short and in the script of the language', () => {
    for (const [id, { name, also }] of [...words.topics, ...words.groups]) {
      for (const text of [name, ...also]) {
        expect(text.normalize('NFC'), id).toBe(text)
        expect(text.trim().replaceAll(/\s+/g, ' '), id).toBe(text)
        expect(text, id).toMatch(/^[\p{L}\p{N}\p{M} '’,.()&+/-]{1,60}$/u)
        const letters = text.replaceAll(everywhere, '').replaceAll(/[^\p{L}]/gu, '')
        expect(letters, `${id}: ${text}`).toMatch(scripts[language])
      }
      expect(name.length, id).toBeLessThanOrEqual(50)
    }
  })

  it('call no two topics the same, and say nothing twice', () => {
    const names = [...words.topics.values()].map(({ name }) => plain(name))
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
    const said = [...words.topics].flatMap(([id, { name, also }]) => [name, ...also].map((text) => [plain(text), id]))
    const first = new Map<string, string>()
    const twice: string[] = []
    for (const [text = '', id = ''] of said) {
      const other = first.get(text)
      if (other !== undefined) twice.push(`${text}: ${other}, ${id}`)
      first.set(text, id)
    }
    expect(twice).toEqual([])
  })
})

describe('finding topics by a word', () => {
  it.each([
    ['self-care', 'self-care'],
    ['cura', 'self-care'],
    ['autocuidado', 'self-care'],
    ['Selbstfursorge', 'self-care'],
    ['zabota', undefined],
    ['забота', 'self-care'],
    ['セルフケア', 'self-care'],
    ['照顾', 'self-care'],
    ['الذاتية', 'self-care'],
    ['PÔDCAST', 'media-and-campaigns'],
    ['mülakat', 'job-interviews'],
    ['mulakat', 'job-interviews'],
  ])('%s', (word, id) => {
    const found = topicsForWord(word)
    if (id === undefined) expect(found).toEqual([])
    else expect(found).toContain(id)
  })

  it('knows the words that only join others', () => {
    for (const word of ['and', 'di', 'de', 'und', 'et', 'i', 'y', 'e', 've', 'и'])
      expect(isFiller(word), word).toBe(true)
    for (const word of ['work', 'lavoro', 'trabajo', 'работа', 'love', 'health'])
      expect(isFiller(word), word).toBe(false)
    for (const { name } of topicLanguages.flatMap((language) => [...topicWords(language).topics.values()]))
      expect(
        plainWords(name).some((word) => !isFiller(word)),
        name,
      ).toBe(true)
  })

  it('takes a beginning where more may follow', () => {
    expect(topicsForWord('sew')).toEqual([])
    expect(topicsForWord('sew', true)).toContain('sewing')
    expect(topicsForWord('')).toEqual([])
    expect(topicsForWord('…', true)).toEqual([])
  })
})
