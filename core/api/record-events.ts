/**
 * What a conversation's thread shows where one of the two changed something
 * beside it. Codes, and no words of anybody: the page says them in the reader's
 * language.
 */
export const recordEvents = [
  'card-shown',
  'circle-invited',
  'circle-joined',
  'circle-declined',
  'circle-left',
  'circle-removed',
  'circle-ended',
  'circle-reported',
] as const

export type RecordEvent = (typeof recordEvents)[number]
