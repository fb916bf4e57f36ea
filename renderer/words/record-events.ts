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
  'card-taken-back': {
    mine: msg`You took back something about yourself.`,
    theirs: msg`took back something about themselves.`,
  },
  'vouch-offered': { mine: msg`You offered to vouch for them.`, theirs: msg`would vouch for you.` },
  'vouch-asked': { mine: msg`You asked them to vouch for you.`, theirs: msg`would like you to vouch for them.` },
  'vouch-given': { mine: msg`You vouched for them.`, theirs: msg`vouched for you.` },
  'vouch-taken-back': { mine: msg`You took back a vouch.`, theirs: msg`took back a vouch.` },
  'mentorship-proposed': { mine: msg`You proposed a mentorship.`, theirs: msg`proposed a mentorship.` },
  'mentorship-begun': { mine: msg`You accepted the mentorship.`, theirs: msg`accepted the mentorship.` },
  'agreement-agreed': { mine: msg`You agreed to what you both want.`, theirs: msg`agreed to what you both want.` },
  'mentorship-paused': { mine: msg`You paused the mentorship.`, theirs: msg`paused the mentorship.` },
  'mentorship-resumed': { mine: msg`You ended your pause.`, theirs: msg`ended their pause.` },
  'finish-wished': {
    mine: msg`You would like to finish the mentorship.`,
    theirs: msg`would like to finish the mentorship.`,
  },
  'finish-taken-back': { mine: msg`You would like to go on after all.`, theirs: msg`would like to go on after all.` },
  'mentorship-finished': {
    mine: msg`You finished the mentorship together.`,
    theirs: msg`finished the mentorship together with you.`,
  },
  'mentorship-ended': { mine: msg`You ended the mentorship.`, theirs: msg`ended the mentorship.` },
  'session-proposed': { mine: msg`You proposed a session.`, theirs: msg`proposed a session.` },
  'session-moved': {
    mine: msg`You proposed another time for a session.`,
    theirs: msg`proposed another time for a session.`,
  },
  'session-accepted': { mine: msg`You accepted a session.`, theirs: msg`accepted a session.` },
  'session-cancelled': { mine: msg`You cancelled a session.`, theirs: msg`cancelled a session.` },
  'session-held': { mine: msg`You noted that a session took place.`, theirs: msg`noted that a session took place.` },
  'debrief-shared': { mine: msg`You shared how it was for you.`, theirs: msg`shared how it was for them.` },
  thanked: { mine: msg`You said thank you.`, theirs: msg`said thank you.` },
  'files-erased': {
    mine: msg`You deleted the files of this conversation, for both.`,
    theirs: msg`deleted the files of this conversation, for both.`,
  },
  'workspace-erased': {
    mine: msg`You deleted what you kept together, for both.`,
    theirs: msg`deleted what you kept together, for both.`,
  },
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
