import { useLingui } from '@lingui/react/macro'
import type { OfferView } from '../../../core/api/offers.ts'
import { Lookalike } from '../../ui/lookalike.tsx'
import { Row } from '../../ui/rows.tsx'
import { Weave } from '../../ui/weave.tsx'
import { kindWords } from '../../words/offers.ts'
import { useTopics } from '../../words/topics.ts'
import { VouchLines } from '../trust/vouch-lines.tsx'
import { KindMark } from './kind-mark.tsx'

interface OfferRowProps {
  readonly offer: OfferView
  readonly isCurrent: boolean
  readonly onPress: () => void
  /** Why it is suggested, in place of its topics. */
  readonly reasons?: readonly string[]
}

export function OfferRow({ offer, isCurrent, onPress, reasons }: OfferRowProps) {
  const { t, i18n } = useLingui()
  const { nameOf } = useTopics()
  return (
    <Row picture={<Weave weave={offer.author.weave} />} title={offer.title} isCurrent={isCurrent} onPress={onPress}>
      <span className="row-line">
        <bdi>{offer.author.pseudonym}</bdi>
        {offer.mine && ` · ${t`yours`}`}
      </span>
      <VouchLines offerId={offer.id} />
      <Lookalike author={offer.author} />
      <span className="row-meta">
        <KindMark kind={offer.kind}>{i18n._(kindWords[offer.kind])}</KindMark>
        <span>{reasons?.join(' · ') ?? offer.topics.map(nameOf).join(', ')}</span>
      </span>
    </Row>
  )
}
