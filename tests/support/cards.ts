import * as fc from 'fast-check'
import { ageBands, wordFields } from '../../core/api/card-fields.ts'
import { cardWords, voiceType } from '../../core/api/card.ts'
import { pick, type Card } from '../../core/personas/card.ts'

/** What somebody could write in a field, in whatever script, as it is kept. */
const text = (field: 'pronouns' | 'region' | 'name' | 'words', most: number) =>
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: most })
    .map((value) => cardWords.shape[field].safeParse(value.toWellFormed()).data)

/** A card without a voice; any of the fields, or none. */
export const wordsOfCard: fc.Arbitrary<Card> = fc
  .record({
    pronouns: text('pronouns', 12),
    age: fc.option(fc.constantFrom(...ageBands), { nil: undefined }),
    region: text('region', 20),
    name: text('name', 12),
    words: text('words', 100),
  })
  .map((card) => pick(card, wordFields))

/** A card with a voice of a few bytes, or none. */
export const anyCard: fc.Arbitrary<Card> = fc
  .tuple(
    wordsOfCard,
    fc.option(
      fc.record({
        mediaType: fc.constantFrom(...voiceType.options),
        bytes: fc.uint8Array({ minLength: 1, maxLength: 200 }),
      }),
      { nil: undefined },
    ),
  )
  .map(([words, voice]) => (voice === undefined ? words : { ...words, voice }))
