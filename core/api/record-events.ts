/**
 * What a conversation's thread shows where one of the two changed something
 * beside it. Codes, and no words of anybody: the page says them in the reader's
 * language.
 */
export const recordEvents = ['card-shown'] as const

export type RecordEvent = (typeof recordEvents)[number]
