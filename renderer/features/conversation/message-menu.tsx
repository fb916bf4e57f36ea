import { useLingui } from '@lingui/react/macro'
import type { MessageView } from '../../../core/api/views.ts'
import { useNow } from '../../shell/use-now.ts'
import { Menu, type MenuEntry } from '../../ui/menu.tsx'
import { reactions } from '../../words/conversations.ts'

/** What can be done with messages; each part of the page does its own. */
export interface MessageDeeds {
  /** Whether anything can be written here: not where it is blocked or ended. */
  readonly canWrite: boolean
  readonly reply: (message: MessageView) => void
  readonly react: (message: MessageView, emoji: string) => void
  readonly edit: (message: MessageView) => void
  readonly copy: (message: MessageView) => void
  readonly remove: (message: MessageView, where: 'both' | 'here') => void
  readonly jump: (messageId: string) => void
}

interface MessageMenuProps {
  readonly message: MessageView
  readonly isCurrent: boolean
  readonly deeds: MessageDeeds
}

export function MessageMenu({ message, isCurrent, deeds }: MessageMenuProps) {
  const { t, i18n } = useLingui()
  const now = useNow()
  const { kind, changeableUntil } = message
  const isText = kind === 'text'
  const isChangeable = deeds.canWrite && changeableUntil !== null && changeableUntil > now
  const { mine } = message.reactions
  const signs: MenuEntry[] = reactions.map(({ emoji, name }) => ({
    id: emoji,
    name: i18n._(name),
    sign: emoji,
    onAction: () => deeds.react(message, emoji),
  }))
  if (mine !== null) {
    signs.push({ id: 'none', name: t`Take it back`, icon: 'close', onAction: () => deeds.react(message, '') })
  }
  const entries: (MenuEntry | false)[] = [
    isText && deeds.canWrite && { id: 'reply', name: t`Reply`, icon: 'reply', onAction: () => deeds.reply(message) },
    (isText || kind === 'file') && deeds.canWrite && { id: 'react', name: t`React`, icon: 'smile', entries: signs },
    isText && { id: 'copy', name: t`Copy the words`, icon: 'copy', onAction: () => deeds.copy(message) },
    isText && isChangeable && { id: 'edit', name: t`Edit`, icon: 'write', onAction: () => deeds.edit(message) },
    isChangeable && {
      id: 'delete',
      name: t`Delete for both`,
      icon: 'remove',
      isDanger: true,
      onAction: () => deeds.remove(message, 'both'),
    },
    {
      id: 'delete-here',
      name: t`Delete here alone`,
      icon: 'remove',
      isDanger: true,
      onAction: () => deeds.remove(message, 'here'),
    },
  ]
  return (
    <Menu
      label={t`What to do with this message`}
      roving={isCurrent ? 'here' : 'elsewhere'}
      entries={entries.filter((entry) => entry !== false)}
    />
  )
}
