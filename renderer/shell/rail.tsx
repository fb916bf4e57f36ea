import type { MessageDescriptor } from '@lingui/core'
import { msg, plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Button } from 'react-aria-components'
import { useClient, useView } from '../api/context.tsx'
import { useNavigation } from '../routing/navigation.tsx'
import { sectionOf, sections, type Section } from '../routing/route.ts'
import { Icon } from '../ui/icon.tsx'

const sectionWords: Readonly<Record<Section, MessageDescriptor>> = {
  discover: msg`Discover`,
  people: msg`People`,
  library: msg`Library`,
  community: msg`Community`,
  you: msg`You`,
  safety: msg`Safety`,
}

/** More than this is many. */
const most = 99

/** The way between the sections. */
export function Rail() {
  const { t, i18n } = useLingui()
  const { route, go } = useNavigation()
  const client = useClient()
  const waiting = useWaiting()
  const here = sectionOf(route)
  return (
    <nav className="rail" aria-label={t`Sections`}>
      {sections.map((section) => (
        <Button
          key={section}
          className="rail-entry"
          {...(section === here ? { 'aria-current': 'page' as const } : {})}
          onPress={() => go({ at: section })}
        >
          <Icon name={section} />
          <span>{i18n._(sectionWords[section])}</span>
          {section === 'people' && waiting > 0 && (
            <>
              <span className="count rail-count" aria-hidden="true">
                {waiting > most ? `${i18n.number(most)}+` : i18n.number(waiting)}
              </span>
              <span className="hidden-but-read">
                {t({ message: plural({ count: waiting }, { one: '# thing is new', other: '# things are new' }) })}
              </span>
            </>
          )}
        </Button>
      ))}
      <div className="rail-foot">
        <Button className="rail-entry" onPress={() => void client.vault.lock().catch(() => {})}>
          <Icon name="lock" />
          <span>{t`Lock`}</span>
        </Button>
      </div>
    </nav>
  )
}

/** Messages not read, but for muted conversations, and introductions not answered. */
function useWaiting(): number {
  const conversations = useView(['conversations'], (client) => client.conversations.list())
  const introductions = useView(['introductions', 'pending'], (client) => client.introductions.pending())
  const unread = conversations.data?.reduce((sum, { unread, muted }) => sum + (muted ? 0 : unread), 0) ?? 0
  return unread + (introductions.data?.length ?? 0)
}
