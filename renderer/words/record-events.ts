import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { RecordEvent } from '../../core/api/record-events.ts'

interface EventWords {
  readonly mine: MessageDescriptor
  /** Of the contact, whose name stands before it. */
  readonly theirs: MessageDescriptor
}

/** What was changed beside the messages, as the thread says it. */
export const recordEventWords: Readonly<Record<RecordEvent, EventWords>> = {
  'card-shown': { mine: msg`You showed more about yourself.`, theirs: msg`showed you more about themselves.` },
}
