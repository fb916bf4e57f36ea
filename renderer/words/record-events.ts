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
  'circle-invited': { mine: msg`You invited them to a circle.`, theirs: msg`invited you to a circle.` },
  'circle-joined': { mine: msg`You said yes to a circle.`, theirs: msg`came into your circle.` },
  'circle-declined': { mine: msg`You said no to a circle.`, theirs: msg`said no to your circle.` },
  'circle-left': { mine: msg`You left a circle.`, theirs: msg`left your circle.` },
  'circle-removed': { mine: msg`You took them out of a circle.`, theirs: msg`took you out of a circle.` },
  'circle-ended': { mine: msg`You ended a circle.`, theirs: msg`ended a circle.` },
  'circle-reported': {
    mine: msg`You told them about somebody in a circle.`,
    theirs: msg`told you about somebody in your circle.`,
  },
}
