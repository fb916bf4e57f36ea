import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { VouchView } from '../../core/api/vouches.ts'

type States = Readonly<Record<VouchView['state'], MessageDescriptor>>

/** How a vouch stands: of one that this person gives, and of one that they get. */
export const vouchStateWords: Readonly<Record<VouchView['direction'], States>> = {
  given: {
    offered: msg`You would vouch for them; they have not taken it yet`,
    asked: msg`They would like you to vouch for them`,
    given: msg`You vouch for them`,
    'taken-back': msg`You took it back`,
  },
  received: {
    offered: msg`They would vouch for you`,
    asked: msg`You asked them`,
    given: msg`They vouch for you`,
    'taken-back': msg`They took it back`,
  },
}
