import { Trans, useLingui } from '@lingui/react/macro'
import { plural } from '@lingui/core/macro'
import { useMemo, useState } from 'react'
import { limits } from '../../../core/api/limits.ts'
import { useClient, useView } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { useBelonging } from '../../shell/community-context.ts'
import { useDraft } from '../../shell/drafts.tsx'
import { Button } from '../../ui/button.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice, SeenBy } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Select } from '../../ui/select.tsx'
import { languageChoices } from '../../words/languages.ts'

interface WriteNoticePageProps {
  /** How the persona whom it may be about is known. */
  readonly blocks: { readonly reportId: string } | { readonly offerId: string } | undefined
}

const spans = ['7', '30', '90', '180'] as const

/** For a guardian: words to everyone, a persona on the list, or both. */
export function WriteNoticePage({ blocks }: WriteNoticePageProps) {
  const { t, i18n } = useLingui()
  const client = useClient()
  const { replace } = useNavigation()
  const { community } = useBelonging()
  const name = useNameOf(blocks)
  const [words, setWords, clear] = useDraft(`notice ${community.id} ${JSON.stringify(blocks)}`, '')
  const [language, setLanguage] = useState<string>(i18n.locale)
  const [days, setDays] = useState<(typeof spans)[number]>('30')
  const [lists, setLists] = useState(false)
  const [wasRefused, setRefused] = useState(false)
  const languages = useMemo(() => languageChoices(i18n.locale), [i18n.locale])
  const isEmpty = words.trim() === '' && !lists
  const publish = useAction(async () => {
    const blocked = lists && blocks !== undefined ? [blocks] : []
    const wish = { communityId: community.id, language, words: words.trim(), days: Number(days), blocked }
    await client.safety.publishNotice(wish)
    clear()
    replace({ at: 'guardians' })
  })
  return (
    <Page title={t`Say something to everyone`} back>
      <Field
        label={t`Your words`}
        hint={t`What to look out for and what to do. Name nobody by their real name, and give nobody away who told you.`}
        value={words}
        onChange={setWords}
        lines={5}
        maxLength={limits.notices.words}
        error={wasRefused && isEmpty ? t`Write something, or put somebody on the list.` : undefined}
      />
      <Select label={t`Language`} value={language} onChange={setLanguage} items={languages} />
      {blocks !== undefined && name !== undefined && (
        <OneOf
          label={t`Put ${name} on your list?`}
          hint={
            <Trans>
              Their offers are then hidden from those who follow you, who see that they are, and may look all the same.
              Whoever wants to begin anew can take another pseudonym.
            </Trans>
          }
          value={lists ? 'yes' : 'no'}
          onChange={(choice) => setLists(choice === 'yes')}
          choices={[
            { id: 'no', name: t`No, words alone` },
            { id: 'yes', name: t`Yes, hide what they offer` },
          ]}
        />
      )}
      <OneOf
        label={t`For how long?`}
        inline
        value={days}
        onChange={setDays}
        choices={spans.map((id) => {
          const count = Number(id)
          return { id, name: t({ message: plural({ count }, { one: '# day', other: '# days' }) }) }
        })}
      />
      <SeenBy>
        <Trans>Everyone in your community can read this, also whoever it is about. Nobody outside can.</Trans>
      </SeenBy>
      <ProblemNotice problem={publish.problem} />
      <div>
        <Button
          kind="primary"
          icon="send"
          isPending={publish.pending}
          onPress={() => {
            if (isEmpty) setRefused(true)
            else void publish.run()
          }}
        >
          <Trans>Say it to everyone</Trans>
        </Button>
      </div>
    </Page>
  )
}

function useNameOf(blocks: WriteNoticePageProps['blocks']): string | undefined {
  const { community } = useBelonging()
  const received = useView(['safety', 'received'], (client) => client.safety.receivedReports())
  const offers = useView(['offers', community.id], (client) => client.offers.browse({ communityId: community.id }))
  if (blocks === undefined) return undefined
  if ('reportId' in blocks) return received.data?.find(({ id }) => id === blocks.reportId)?.about
  return offers.data?.find(({ id }) => id === blocks.offerId)?.author.pseudonym
}
