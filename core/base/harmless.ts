/**
 * What others wrote, made fit to stand on a screen beside what somebody else
 * wrote. PROTOCOL.md section "Showing offers"
 *
 * What could deceive is left out where it is shown; the offer itself is what its
 * author signed. Links and markup stay what they are, letters: nothing here or
 * in the windows makes anything else of them.
 */

/** Turn text round, or are there without being seen: direction marks, embeddings, isolates, fillers, tags, blanks that look like nothing. */
const unseen = new RegExp(
  `[${[
    String.raw`\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B\u200E\u200F\u202A-\u202E`,
    String.raw`\u2060-\u206F\u2800\u3164\uFE00-\uFE0E\uFEFF\uFFA0\uFFF0-\uFFFB`,
    String.raw`\u{1BCA0}-\u{1BCA3}\u{1D173}-\u{1D17A}\u{E0000}-\u{E0FFF}`,
  ].join('')}]`,
  'gu',
)

/** Scripts in which joiners (U+200C, U+200D) change how letters look; between emoji they make one picture of several. */
const joined = String.raw`\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Malayalam}\p{Script=Sinhala}\p{Extended_Pictographic}`
const joiners = new RegExp(
  String.raw`(?<![${joined}\p{M}\uFE0F\p{Emoji_Modifier}])[\u200C\u200D]|[\u200C\u200D](?![${joined}])`,
  'gu',
)

/** Not text: controls but tab and line feed, private letters, halves of letters. */
const controls = /[^\P{Cc}\t\n]|[\p{Co}\p{Cs}]/gu

/** More marks on one letter than any language needs: they would climb over the lines beside. */
const towers = /(\p{M}{4})\p{M}+/gu

/** Of emoji in a row so many are shown, and of those that are joined to one: a family has four. */
const emojiInARow = 5
const emojiInOne = 4
const picture = String.raw`\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?`
const emoji = String.raw`(?:\p{Regional_Indicator}{1,2}|${picture}(?:\u200D${picture}){0,${emojiInOne - 1}})`
const chains = new RegExp(String.raw`(${picture}(?:\u200D${picture}){${emojiInOne - 1}})(?:\u200D${picture})+`, 'gu')
const floods = new RegExp(String.raw`((?:${emoji}\s*){${emojiInARow - 1}}${emoji})(?:\s*${emoji})+`, 'gu')

/** A text of several lines. @returns an empty one where nothing of it can be seen */
export function harmlessText(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/gu, '\n')
    .replace(unseen, '')
    .replace(joiners, '')
    .replace(controls, '')
    .replace(towers, '$1')
    .replace(chains, '$1')
    .replace(floods, '$1')
    .replace(/\n[\s]*\n/gu, '\n\n')
    .normalize('NFC')
    .trim()
}

/** The same for a name or a title. */
export function harmlessLine(text: string): string {
  return harmlessText(text).replace(/\s+/gu, ' ')
}

/** The same for the name of somebody who is here all the same: one of which nothing can be seen has a sign in its place. */
export function harmlessPseudonym(text: string): string {
  return harmlessLine(text) || '–'
}
