import { topicLanguages, type TopicLanguage } from '../api/topic-languages.ts'
import type { TopicGroupView } from '../api/topics.ts'
import { harmlessLine } from '../base/harmless.ts'
import { fillerless, matchesWord, topicsForWord, type Entry } from './finder.ts'
import { neighboursOf, topicDistance, type TopicDistance } from './neighbours.ts'
import { plain, plainWords } from './plain.ts'
import { isTopic } from './taxonomy.ts'
import { topicGroups, type Called } from './words.ts'

/** A topic of a community's own, as its founder named it. */
export interface OwnTopic {
  /** Begins with `own-`, as no built-in one does. */
  readonly id: string
  /** In at least one language. */
  readonly words: Readonly<Partial<Record<TopicLanguage, Called>>>
  /** Topics beside it, built in or own. */
  readonly near: readonly string[]
}

/** All topics of a community: the built-in ones and its own. */
export interface TopicSpace {
  has(id: string): boolean
  /** Symmetric. */
  near(id: string): ReadonlySet<string>
  /** As core/topics/neighbours.ts says it for built-in ones. */
  distance(a: string, b: string): TopicDistance | undefined
  /** As core/topics/finder.ts says it for built-in ones. */
  forWord(word: string, unfinished?: boolean): string[]
  groups(language: TopicLanguage): TopicGroupView[]
}

/** Of a group that is there only where a community has topics of its own. */
const groupNames: Readonly<Record<TopicLanguage, string>> = {
  ar: 'من هذا المجتمع',
  de: 'Aus dieser Gemeinschaft',
  en: 'Of this community',
  es: 'De esta comunidad',
  fr: 'De cette communauté',
  it: 'Di questa comunità',
  ja: 'このコミュニティのもの',
  pl: 'Tej społeczności',
  pt: 'Desta comunidade',
  ru: 'Этого сообщества',
  tr: 'Bu topluluğa özgü',
  zh: '本社群的主题',
}

/** Where a name is not there in a language, one of these is taken instead. */
const orElse: readonly TopicLanguage[] = ['en', ...topicLanguages]

/** What others see of it; undefined where nothing of it can be seen. */
function calledIn(topic: OwnTopic, language: TopicLanguage): Called | undefined {
  for (const each of [language, ...orElse]) {
    const name = harmlessLine(topic.words[each]?.name ?? '')
    if (name !== '')
      return { name, also: (topic.words[each]?.also ?? []).map(harmlessLine).filter((word) => word !== '') }
  }
  return undefined
}

/** @param own as a founder signed them: what of them cannot be seen, or leads nowhere, is left out */
export function topicSpace(own: readonly OwnTopic[]): TopicSpace {
  const shown = own.filter((topic) => calledIn(topic, 'en') !== undefined)
  const ids = new Set(shown.map(({ id }) => id))
  const has = (id: string): boolean => ids.has(id) || isTopic(id)
  const beside = new Map<string, Set<string>>()
  const join = (one: string, other: string): void => {
    const known = beside.get(one) ?? new Set(neighboursOf(one))
    beside.set(one, known.add(other))
  }
  for (const { id, near } of shown) {
    for (const other of near) {
      if (other === id || !has(other)) continue
      join(id, other)
      join(other, id)
    }
  }
  const nearOf = (id: string): ReadonlySet<string> => beside.get(id) ?? neighboursOf(id)
  const entries: Entry[] = shown.map(({ id, words }) => {
    const called = Object.values(words).flatMap(({ name, also }) => [name, ...also].map(harmlessLine))
    return { id, words: fillerless([...new Set(called.flatMap(plainWords))]), text: called.map(plain).join('\n') }
  })
  return {
    has,
    near: nearOf,
    distance(a, b) {
      if (a === b || (!ids.has(a) && !ids.has(b))) return topicDistance(a, b)
      if (nearOf(a).has(b)) return 1
      return nearOf(a).isDisjointFrom(nearOf(b)) ? undefined : 2
    },
    forWord(word, unfinished) {
      const found = topicsForWord(word, unfinished)
      for (const entry of entries) if (matchesWord(entry, word, unfinished)) found.push(entry.id)
      return found
    },
    groups(language) {
      const topics = shown.flatMap((topic) => {
        const called = calledIn(topic, language)
        return called === undefined ? [] : [{ id: topic.id, name: called.name, also: [...called.also] }]
      })
      const groups = topicGroups(language)
      return topics.length === 0 ? groups : [{ id: 'own', name: groupNames[language], topics }, ...groups]
    },
  }
}
