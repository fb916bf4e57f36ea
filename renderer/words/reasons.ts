import type { I18n } from '@lingui/core'
import { msg, plural } from '@lingui/core/macro'
import type { MatchReason } from '../../core/api/matching.ts'
import { languageName } from './languages.ts'
import { commaList } from './lists.ts'
import { formatWords, levelWords } from './offers.ts'

/** Why an offer or a request is suggested. @param nameOf a topic's name */
export function reasonWords(i18n: I18n, reason: MatchReason, nameOf: (topic: string) => string): string {
  const list = (words: readonly string[]): string =>
    new Intl.ListFormat(i18n.locale, { type: 'conjunction' }).format(words)
  switch (reason.kind) {
    case 'swap': {
      const topic = nameOf(reason.topic)
      return i18n._(msg`You could swap: ${topic}`)
    }
    case 'topic': {
      const topic = nameOf(reason.topic)
      return i18n._(msg`About: ${topic}`)
    }
    case 'near-topic': {
      const [topic, wished] = [nameOf(reason.topic), nameOf(reason.wished)]
      return i18n._(msg`${topic}, close to: ${wished}`)
    }
    case 'tag': {
      const { tag } = reason
      return i18n._(msg`Both say: ${tag}`)
    }
    case 'availability':
      return i18n._(
        msg({
          message: plural(
            { count: reason.blocks.length },
            { one: 'Time for both: once a week', other: 'Time for both: # times a week' },
          ),
        }),
      )
    case 'language': {
      const languages = list(reason.languages.map((tag) => languageName(i18n.locale, tag)))
      return i18n._(msg`You both speak: ${languages}`)
    }
    case 'level':
      return i18n._(levelWords[reason.level])
    case 'format':
      return commaList(
        i18n.locale,
        reason.formats.map((format) => i18n._(formatWords[format])),
      )
    case 'new':
      return i18n._(msg({ message: 'New', comment: 'an offer or a request that came this week' }))
    case 'newcomer':
      return i18n._(msg({ message: 'New here', comment: 'somebody whose first offer came this week' }))
    default:
      return reason satisfies never
  }
}
