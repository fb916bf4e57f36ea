import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useView } from '../../api/context.tsx'
import { useNavigation } from '../../routing/navigation.tsx'
import { useBelonging } from '../../shell/community-context.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/page.tsx'
import { NoticeItem } from './notice-item.tsx'

/** What guardians who are followed say to everyone; nothing where they say nothing. */
export function Warnings() {
  const { t } = useLingui()
  const notices = useNotices()
  const said = notices?.filter(({ words, follows }) => words !== '' && follows) ?? []
  if (said.length === 0) return null
  return (
    <Section title={t`Guardians warn`}>
      <ul className="stack">
        {said.map((notice) => (
          <NoticeItem key={`${notice.guardianKey} ${notice.id}`} notice={notice} />
        ))}
      </ul>
      <p className="small soft">
        <Trans>You decide whom you follow, under “Guardians and what they say”.</Trans>
      </p>
    </Section>
  )
}

/** Those of the community that is looked at, and whether their guardian is followed. */
export function useNotices() {
  const { community } = useBelonging()
  const notices = useView(['safety', 'notices', community.id], (client) =>
    client.safety.notices({ communityId: community.id }),
  )
  const guardians = useView(['safety', 'guardians'], (client) => client.safety.guardians())
  if (notices.data === undefined || guardians.data === undefined) return undefined
  const followed = new Set(guardians.data.filter(({ follows }) => follows).map(({ key }) => key))
  return notices.data.map((notice) => ({ ...notice, follows: followed.has(notice.guardianKey) }))
}

/** In the list that everybody sees first: that there are warnings, and the way to them. */
export function WarningsLine() {
  const { t } = useLingui()
  const { go } = useNavigation()
  const count = useNotices()?.filter(({ words, follows }) => words !== '' && follows).length ?? 0
  if (count === 0) return null
  return (
    <Button kind="plain" icon="warning" onPress={() => go({ at: 'safety' })}>
      {t({ message: plural({ count }, { one: '# warning of a guardian', other: '# warnings of guardians' }) })}
    </Button>
  )
}
