import { randomBytes } from 'node:crypto'

/** So long is each message of the bench, in bytes. */
export const textLength = 256

const mark = 'answer, please: '

/** @param wanted whether it is to be answered with the same words */
export function words(wanted: boolean): string {
  return ((wanted ? mark : '') + randomBytes(textLength).toString('hex')).slice(0, textLength)
}

export function asks(text: string): boolean {
  return text.startsWith(mark)
}
