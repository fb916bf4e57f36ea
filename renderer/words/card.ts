import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { CardField, CardWords } from '../../core/api/card.ts'
import type { DisclosureDeed } from '../../core/api/disclosure.ts'

export const fieldWords: Readonly<Record<CardField, MessageDescriptor>> = {
  pronouns: msg`Pronouns`,
  age: msg`Age`,
  region: msg`Where, roughly`,
  name: msg`Another name`,
  words: msg`In your own words`,
  voice: msg`Voice`,
}

export const ageWords: Readonly<Record<NonNullable<CardWords['age']>, MessageDescriptor>> = {
  'under-18': msg`Under 18`,
  '18-24': msg`18 to 24`,
  '25-34': msg`25 to 34`,
  '35-49': msg`35 to 49`,
  '50-64': msg`50 to 64`,
  '65-or-more': msg`65 or more`,
}

export const deedWords: Readonly<Record<DisclosureDeed, MessageDescriptor>> = {
  shown: msg({ message: 'shown', comment: 'something about a person, to another' }),
  changed: msg({ message: 'changed', comment: 'something about a person that was shown before' }),
  'taken-back': msg({ message: 'taken back', comment: 'something about a person that was shown before' }),
}
