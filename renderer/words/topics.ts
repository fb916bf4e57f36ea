import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/** Names by the ids of core's taxonomy. A test holds that each id has one in every language. */
const topicWords: Readonly<Record<string, MessageDescriptor>> = {
  'career-guidance': msg({ id: 'topic.career-guidance', message: 'Career guidance' }),
  'job-search': msg({ id: 'topic.job-search', message: 'Finding a job' }),
  budgeting: msg({ id: 'topic.budgeting', message: 'Budgeting' }),
  'self-employment': msg({ id: 'topic.self-employment', message: 'Working for yourself' }),
  'self-care': msg({ id: 'topic.self-care', message: 'Self-care' }),
  'mental-well-being': msg({ id: 'topic.mental-well-being', message: 'Mental well-being' }),
  'health-navigation': msg({ id: 'topic.health-navigation', message: 'Finding your way in health care' }),
  'transition-care': msg({ id: 'topic.transition-care', message: 'Care in transition' }),
  'coming-out': msg({ id: 'topic.coming-out', message: 'Coming out' }),
  'family-talks': msg({ id: 'topic.family-talks', message: 'Talking with family' }),
  'legal-rights': msg({ id: 'topic.legal-rights', message: 'Your rights' }),
  'migration-and-asylum': msg({ id: 'topic.migration-and-asylum', message: 'Migration and asylum' }),
  'digital-security': msg({ id: 'topic.digital-security', message: 'Digital security' }),
  'personal-safety': msg({ id: 'topic.personal-safety', message: 'Personal safety' }),
  'language-practice': msg({ id: 'topic.language-practice', message: 'Practising a language' }),
  'sign-language': msg({ id: 'topic.sign-language', message: 'Sign language' }),
  music: msg({ id: 'topic.music', message: 'Music' }),
  writing: msg({ id: 'topic.writing', message: 'Writing' }),
  'visual-arts': msg({ id: 'topic.visual-arts', message: 'Visual arts' }),
  sewing: msg({ id: 'topic.sewing', message: 'Sewing' }),
  cooking: msg({ id: 'topic.cooking', message: 'Cooking' }),
  repairs: msg({ id: 'topic.repairs', message: 'Repairs' }),
  programming: msg({ id: 'topic.programming', message: 'Programming' }),
  'everyday-technology': msg({ id: 'topic.everyday-technology', message: 'Everyday technology' }),
  'study-skills': msg({ id: 'topic.study-skills', message: 'Learning to study' }),
  university: msg({ id: 'topic.university', message: 'University' }),
  'community-organising': msg({ id: 'topic.community-organising', message: 'Organising together' }),
  'events-and-fundraising': msg({ id: 'topic.events-and-fundraising', message: 'Events and fundraising' }),
  'queer-history': msg({ id: 'topic.queer-history', message: 'Queer history' }),
  'queer-culture': msg({ id: 'topic.queer-culture', message: 'Queer culture' }),
  relationships: msg({ id: 'topic.relationships', message: 'Relationships' }),
  parenting: msg({ id: 'topic.parenting', message: 'Parenting' }),
}

const groupWords: Readonly<Record<string, MessageDescriptor>> = {
  work: msg({ id: 'topic-group.work', message: 'Work' }),
  money: msg({ id: 'topic-group.money', message: 'Money' }),
  'well-being': msg({ id: 'topic-group.well-being', message: 'Well-being' }),
  health: msg({ id: 'topic-group.health', message: 'Health' }),
  family: msg({ id: 'topic-group.family', message: 'Family' }),
  rights: msg({ id: 'topic-group.rights', message: 'Rights' }),
  safety: msg({ id: 'topic-group.safety', message: 'Safety' }),
  languages: msg({ id: 'topic-group.languages', message: 'Languages' }),
  arts: msg({ id: 'topic-group.arts', message: 'Arts' }),
  crafts: msg({ id: 'topic-group.crafts', message: 'Crafts' }),
  technology: msg({ id: 'topic-group.technology', message: 'Technology' }),
  education: msg({ id: 'topic-group.education', message: 'Education' }),
  organising: msg({ id: 'topic-group.organising', message: 'Organising' }),
  history: msg({ id: 'topic-group.history', message: 'History and culture' }),
  relationships: msg({ id: 'topic-group.relationships', message: 'Love and friendship' }),
}

/** A topic that a newer version knows and this one does not. */
const newer = msg({ id: 'topic.newer', message: 'Another topic' })

export function topicName(i18n: I18n, id: string): string {
  return i18n._(topicWords[id] ?? newer)
}

export function topicGroupName(i18n: I18n, id: string): string {
  return i18n._(groupWords[id] ?? newer)
}
