import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { FileDraftView } from '../../core/api/views.ts'

type Trace = FileDraftView['removed'][number]

/** What was taken off a file before it is sent. */
export const traceWords: Readonly<Record<Trace, MessageDescriptor>> = {
  place: msg`where it was taken`,
  camera: msg`which camera or telephone took it`,
  time: msg`when it was taken`,
  author: msg`a name of who made it`,
  text: msg`words that were written into it`,
  preview: msg`a small older picture inside of it`,
  other: msg`other things that programs wrote into it`,
  name: msg`its own name`,
}
