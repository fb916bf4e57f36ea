import { limits } from './limits.ts'

/**
 * One emoji, or nothing: that takes a reaction back. Loose on purpose, since
 * new ones appear every year; strict enough that no word fits.
 */
export function isReaction(value: string): boolean {
  return (
    value === '' ||
    (value.length <= limits.reaction &&
      /^[\p{Emoji}\p{Emoji_Component}]+$/u.test(value) &&
      /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(value) &&
      [...new Intl.Segmenter('en').segment(value)].length === 1)
  )
}
