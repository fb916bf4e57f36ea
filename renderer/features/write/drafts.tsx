import { Trans, useLingui } from '@lingui/react/macro'
import type { OfferDraftView } from '../../../core/api/offers.ts'
import { useView } from '../../api/context.tsx'
import { useRegion } from '../../locales/use-region.ts'
import type { Route } from '../../routing/route.ts'
import { useBelonging } from '../../shell/community-context.ts'
import { useNow } from '../../shell/use-now.ts'
import { Row } from '../../ui/rows.tsx'
import { Weave } from '../../ui/weave.tsx'
import { kindWords } from '../../words/offers.ts'
import { relativeTime } from '../../words/time.ts'
import { KindMark } from '../discover/kind-mark.tsx'

/** What was begun in the community that is looked at and not published, the newest first; undefined until core has said it. */
export function useDrafts(): readonly OfferDraftView[] | undefined {
  const { community } = useBelonging()
  const { data } = useView(['offer-drafts'], (client) => client.offers.drafts())
  return data?.filter(({ communityId }) => communityId === community.id).toSorted((a, b) => b.changedAt - a.changedAt)
}

interface DraftRowsProps {
  readonly label: string
  readonly drafts: readonly OfferDraftView[]
  readonly open: (route: Route) => void
}

/** Drafts, each leading on to where it is written. */
export function DraftRows({ label, drafts, open }: DraftRowsProps) {
  const { t, i18n } = useLingui()
  const region = useRegion()
  const now = useNow()
  const { personas } = useBelonging()
  return (
    <ul className="rows" aria-label={label}>
      {drafts.map(({ id, personaId, offerId, draft, changedAt }) => {
        const persona = personas.find((persona) => persona.id === personaId)
        const change = offerId === null ? {} : { offerId }
        return (
          <Row
            key={id}
            picture={persona === undefined ? <span /> : <Weave weave={persona.weave} />}
            title={draft.title.trim() === '' ? t`Without a title` : draft.title}
            side={relativeTime(region, changedAt, now)}
            onPress={() => open({ at: 'write', kind: draft.kind, draftId: id, ...change })}
          >
            <span className="row-meta">
              <KindMark kind={draft.kind}>{i18n._(kindWords[draft.kind])}</KindMark>
              {offerId !== null && <Trans>a change to what is published</Trans>}
            </span>
          </Row>
        )
      })}
    </ul>
  )
}
