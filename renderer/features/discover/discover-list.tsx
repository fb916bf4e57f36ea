import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { problemOf } from '../../api/fault.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { newWriting } from '../../routing/route.ts'
import { useBelonging } from '../../shell/community-context.ts'
import { PaneTitle } from '../../shell/pane-title.tsx'
import { Button } from '../../ui/button.tsx'
import { Filter } from '../../ui/choice.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Growing } from '../../ui/growing.tsx'
import { Empty } from '../../ui/page.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Select } from '../../ui/select.tsx'
import { useTopics } from '../../words/topics.ts'
import { useFound, useOffers, useSearch } from './discover-state.tsx'
import { OfferRow } from './offer-row.tsx'
import { Refresh } from './refresh.tsx'
import { RingsEntry } from './rings.tsx'
import { Suggestions } from './suggestions.tsx'
import { HiddenNote } from '../guardians/hidden-note.tsx'
import { WarningsLine } from '../guardians/warnings.tsx'
import { guardiansOf, useHidden } from '../guardians/use-hidden.ts'
import { Live } from '../../ui/live.tsx'

const everything = '.all'

/** What the community's people teach and want to learn: searched on this device. */
export function DiscoverList() {
  const { t } = useLingui()
  const { go, route } = useNavigation()
  const { community, communities, select } = useBelonging()
  const { search, setSearch } = useSearch()
  const { offers } = useOffers()
  const { offers: found, isAll, error } = useFound()
  const { groups } = useTopics()
  const hidden = useHidden('offers')
  const [showsHidden, setShowsHidden] = useState(false)
  const listed = found?.filter(({ id }) => hidden.has(id)) ?? []
  const shown = showsHidden ? found : found?.filter(({ id }) => !hidden.has(id))
  const isBrowsing = search.text.trim() === '' && search.topic === undefined && search.kind === 'all'

  return (
    <>
      <div className="pane-list-head">
        <PaneTitle title={t`Discover`}>
          <Button kind="primary" icon="write" onPress={() => go(newWriting())}>
            <Trans>Write</Trans>
          </Button>
        </PaneTitle>
        {communities.length > 1 && (
          <Select
            label={t`Community`}
            hideLabel
            value={community.id}
            onChange={(id) => {
              select(id)
              go({ at: 'discover' })
            }}
            items={communities.map(({ id, name }) => ({ id, name }))}
          />
        )}
        <SearchBox
          label={t`Search`}
          placeholder={t`Search by word, name or topic`}
          value={search.text}
          onChange={(text) => setSearch({ ...search, text })}
        />
        <Select
          label={t`Topic`}
          hideLabel
          value={search.topic ?? everything}
          onChange={(topic) => setSearch({ ...search, topic: topic === everything ? undefined : topic })}
          items={[{ id: everything, name: t`All topics` }]}
          groups={groups.map(({ id, name, topics }) => ({ id, name, items: topics }))}
        />
        <Filter
          label={t`Show`}
          value={search.kind}
          onChange={(kind) => setSearch({ ...search, kind })}
          choices={[
            { id: 'all', name: t`All` },
            { id: 'offer', name: t`Offers` },
            { id: 'request', name: t`Requests` },
          ]}
        />
      </div>
      <div className="pane-list-body">
        <Live className="hidden-but-read">
          {found !== undefined &&
            isAll &&
            t({ message: plural({ count: found.length }, { one: '# found', other: '# found' }) })}
        </Live>
        {error !== undefined && <ProblemNotice problem={problemOf(error)} />}
        {isBrowsing && <RingsEntry showsHidden={showsHidden} />}
        {isBrowsing && <WarningsLine />}
        <HiddenNote
          count={listed.length}
          guardians={guardiansOf(
            hidden,
            listed.map(({ id }) => id),
          )}
          isShown={showsHidden}
          onChange={setShowsHidden}
        />
        {isBrowsing && <Suggestions showsHidden={showsHidden} />}
        {shown !== undefined && shown.length > 0 && (
          <Growing of={search} label={t`Offers and requests`} items={shown}>
            {(offer) => (
              <OfferRow
                key={offer.id}
                offer={offer}
                isCurrent={route.at === 'offer' && route.id === offer.id}
                onPress={() => go({ at: 'offer', id: offer.id })}
              />
            )}
          </Growing>
        )}
        {found?.length === 0 && <NothingFound isEmpty={offers?.length === 0} />}
        <Refresh />
      </div>
    </>
  )
}

function NothingFound({ isEmpty }: { readonly isEmpty: boolean }) {
  const { t } = useLingui()
  return isEmpty ? (
    <Empty title={t`Quiet so far`}>
      <p>
        <Trans>
          Nobody has written here yet, or nothing has reached this device. Look again in a while, or be the first: write
          what you can teach, or what you want to learn.
        </Trans>
      </p>
    </Empty>
  ) : (
    <Empty title={t`Nothing like that`}>
      <p>
        <Trans>Try fewer words or another topic. Or write a request, so that someone who can help finds you.</Trans>
      </p>
    </Empty>
  )
}
