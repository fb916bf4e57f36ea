import { Trans } from '@lingui/react/macro'
import type { FileView } from '../../../core/api/views.ts'
import { Tag } from '../../ui/notice.tsx'

/** How far a file is, in words. */
export function FileState({
  file: { mine, state, problem },
  author,
}: {
  readonly file: FileView
  readonly author: string
}) {
  switch (state) {
    case 'offered':
      return mine ? (
        <Tag tone="waiting" icon="queued">
          <Trans>
            Waits until <bdi>{author}</bdi> asks for it, while you are both here
          </Trans>
        </Tag>
      ) : (
        <Tag icon="file">
          <Trans>Not here yet. It comes if you ask for it.</Trans>
        </Tag>
      )
    case 'waiting':
      return (
        <Tag tone="waiting" icon="queued">
          <Trans>Comes as soon as you are both here</Trans>
        </Tag>
      )
    case 'moving':
      return (
        <Tag tone="waiting" icon="send">
          {mine ? <Trans>On its way to them</Trans> : <Trans>On its way here</Trans>}
        </Tag>
      )
    case 'paused':
      return (
        <Tag tone="waiting" icon="queued">
          <Trans>Paused. What is here stays.</Trans>
        </Tag>
      )
    case 'here':
      return (
        <Tag tone="reached" icon="check">
          {mine ? <Trans>They have all of it</Trans> : <Trans>Here, locked away in Staffetta</Trans>}
        </Tag>
      )
    case 'failed':
      return (
        <Tag tone="danger">
          {problem === 'disk-full' ? (
            <Trans>There is no room left on this device. Make some, and try again.</Trans>
          ) : (
            <Trans>What came is not what was offered, and was put away. Try again, or ask them.</Trans>
          )}
        </Tag>
      )
    case 'refused':
      return (
        <Tag icon="close">
          <Trans>They do not have it any more</Trans>
        </Tag>
      )
    case 'gone':
      return (
        <Tag icon="remove">
          <Trans>Removed from this device</Trans>
        </Tag>
      )
    default:
      return state satisfies never
  }
}
