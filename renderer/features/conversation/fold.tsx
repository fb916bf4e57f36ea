import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { MessageView } from '../../../core/api/views.ts'
import { Icon } from '../../ui/icon.tsx'
import { Line } from './line.tsx'

interface FoldProps {
  readonly id: string
  readonly events: readonly MessageView[]
  readonly author: string
  /** Whether the Tab key stops here, of all that it could stop at in the conversation. */
  readonly isCurrent: boolean
}

/** Several changes beside the messages behind one line, which opens. */
export function Fold({ id, events, author, isCurrent }: FoldProps) {
  const { t } = useLingui()
  const [isOpen, setOpen] = useState(false)
  return (
    <li className="talk-fold" data-message={id} tabIndex={-1}>
      <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary data-roving tabIndex={isCurrent ? 0 : -1}>
          <Icon name="chevron" />
          {t({ message: plural({ count: events.length }, { one: '# earlier change', other: '# earlier changes' }) })}
        </summary>
        {isOpen && (
          <ul className="talk-messages">
            {events.map((event) => (
              <Line key={event.id} message={event} author={author} />
            ))}
          </ul>
        )}
      </details>
    </li>
  )
}
