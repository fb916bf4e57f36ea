import { topicLanguages, type TopicLanguage } from '../api/topic-languages.ts'
import type { TopicGroupView } from '../api/topics.ts'
import { topics } from './taxonomy.ts'
import { ar } from './words/ar.ts'
import { de } from './words/de.ts'
import { en } from './words/en.ts'
import { es } from './words/es.ts'
import { fr } from './words/fr.ts'
import { it } from './words/it.ts'
import { ja } from './words/ja.ts'
import { pl } from './words/pl.ts'
import { pt } from './words/pt.ts'
import { ru } from './words/ru.ts'
import { tr } from './words/tr.ts'
import { zh } from './words/zh.ts'

/** What a topic or a group is called in one language: its name, then what people also say for it. */
export interface Called {
  readonly name: string
  readonly also: readonly string[]
}

export interface TopicWords {
  /** By id of the group. */
  readonly groups: ReadonlyMap<string, Called>
  /** By id of the topic, in the order of the file. */
  readonly topics: ReadonlyMap<string, Called>
}

const texts: Readonly<Record<TopicLanguage, string>> = { ar, de, en, es, fr, it, ja, pl, pt, ru, tr, zh }

/**
 * A file has a line `[group] name; also; also` for every group, and below it a
 * line `topic: name; also; also` for every topic of the group. A test holds that
 * each of them is there in each language.
 */
function parse(text: string): TopicWords {
  const groups = new Map<string, Called>()
  const topics = new Map<string, Called>()
  for (const line of text.split('\n')) {
    const [, group, topic, words = ''] = /^(?:\[([a-z-]+)\]|([a-z-]+):) (.+)$/.exec(line) ?? []
    const [name = '', ...also] = words.split('; ')
    if (group !== undefined) groups.set(group, { name, also })
    else if (topic !== undefined) topics.set(topic, { name, also })
  }
  return { groups, topics }
}

const parsed = new Map<TopicLanguage, TopicWords>()

/** The words of one language. */
export function topicWords(language: TopicLanguage): TopicWords {
  let words = parsed.get(language)
  if (words === undefined) {
    words = parse(texts[language])
    parsed.set(language, words)
  }
  return words
}

/** The taxonomy as it is shown in one language. */
export function topicGroups(language: TopicLanguage): TopicGroupView[] {
  const words = topicWords(language)
  return [...Map.groupBy(topics, ({ group }) => group)].map(([group, members]) => ({
    id: group,
    name: words.groups.get(group)?.name ?? group,
    topics: members.map(({ id }) => {
      const { name = id, also = [] } = words.topics.get(id) ?? {}
      return { id, name, also: [...also] }
    }),
  }))
}

/** All words of a topic and of its group, in all languages. */
export function everyWordFor(topic: string, group: string): string[] {
  return topicLanguages.flatMap((language) => {
    const words = topicWords(language)
    return [words.topics.get(topic), words.groups.get(group)].flatMap((called) =>
      called === undefined ? [] : [called.name, ...called.also],
    )
  })
}
