/**
 * What a conversation's thread shows where one of the two changed something
 * beside it. Codes, and no words of anybody: the page says them in the reader's
 * language.
 */
export const recordEvents = [
  'card-shown',
  'card-taken-back',
  'vouch-offered',
  'vouch-asked',
  'vouch-given',
  'vouch-taken-back',
  'mentorship-proposed',
  'mentorship-begun',
  'agreement-agreed',
  'mentorship-paused',
  'mentorship-resumed',
  'finish-wished',
  'finish-taken-back',
  'mentorship-finished',
  'mentorship-ended',
  'session-proposed',
  'session-moved',
  'session-accepted',
  'session-cancelled',
  'session-held',
  'debrief-shared',
  'thanked',
  'workspace-erased',
  'files-erased',
  'circle-invited',
  'circle-joined',
  'circle-declined',
  'circle-left',
  'circle-removed',
  'circle-ended',
  'circle-reported',
] as const

export type RecordEvent = (typeof recordEvents)[number]
