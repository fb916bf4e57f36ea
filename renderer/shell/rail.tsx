import type { MessageDescriptor } from '@lingui/core'
import { msg, plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Button } from 'react-aria-components'
import { useClient, useView } from '../api/context.tsx'
import { needsCare } from '../features/you/own-state.tsx'
import { useNavigation } from '../routing/navigation.tsx'
import { safetyFrom, sectionOf, sections, type Section } from '../routing/route.ts'
import { Icon } from '../ui/icon.tsx'

const sectionWords: Readonly<Record<Section, MessageDescriptor>> = {
  discover: msg`Discover`,
  people: msg`People`,
  mentorships: msg`Mentorships`,
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
  const counts: Readonly<Partial<Record<Section, number>>> = {
    people: useWaiting(),
    mentorships: useMentorshipsWaiting(),
    you: useUncaredFor(),
  }
  const here = sectionOf(route)
  return (
    <nav className="rail" aria-label={t`Sections`}>
      {sections.map((section) => (
        <Button
          key={section}
          className="rail-entry"
          {...(section === here ? { 'aria-current': 'page' as const } : {})}
          onPress={() => go(section === 'safety' ? safetyFrom(route) : { at: section })}
        >
          <Icon name={section} />
          <span>{i18n._(sectionWords[section])}</span>
          <Count count={counts[section] ?? 0} />
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

/** How much is new in a section. */
function Count({ count }: { readonly count: number }) {
  const { t, i18n } = useLingui()
  if (count === 0) return null
  return (
    <>
      <span className="count rail-count" aria-hidden="true">
        {count > most ? `${i18n.number(most)}+` : i18n.number(count)}
      </span>
      <span className="hidden-but-read">
        {t({ message: plural({ count }, { one: '# thing is new', other: '# things are new' }) })}
      </span>
    </>
  )
}

/** Mentorships in which something waits for this person. */
function useMentorshipsWaiting(): number {
  const { data } = useView(['mentorships'], (client) => client.mentorships.list({}))
  return data?.filter(({ waits }) => waits.some((wait) => wait !== 'check-in')).length ?? 0
}

/** Messages not read, but for muted conversations, and introductions and circles not answered. */
function useWaiting(): number {
  const conversations = useView(['conversations'], (client) => client.conversations.list())
  const introductions = useView(['introductions', 'pending'], (client) => client.introductions.pending())
  const unread = conversations.data?.reduce((sum, { unread, muted }) => sum + (muted ? 0 : unread), 0) ?? 0
  const circles = useView(['circles'], (client) => client.circles.list())
  const inCircles =
    circles.data?.reduce((sum, { unread, state }) => sum + unread + (state === 'invited' ? 1 : 0), 0) ?? 0
  return unread + (introductions.data?.length ?? 0) + inCircles
}

/** One's own offers that end soon, are full, or were not published. */
function useUncaredFor(): number {
  const { data } = useView(['own-offers'], (client) => client.offers.mine())
  return data?.filter(needsCare).length ?? 0
}
