import { useLingui } from '@lingui/react/macro'
import type { OfferView } from '../../../core/api/views.ts'
import { Row } from '../../ui/rows.tsx'
import { Weave } from '../../ui/weave.tsx'
import { kindWords } from '../../words/offers.ts'
import { topicName } from '../../words/topics.ts'
import { KindMark } from './kind-mark.tsx'

interface OfferRowProps {
  readonly offer: OfferView
  readonly isCurrent: boolean
  readonly onPress: () => void
}

export function OfferRow({ offer, isCurrent, onPress }: OfferRowProps) {
  const { t, i18n } = useLingui()
  return (
    <Row picture={<Weave weave={offer.author.weave} />} title={offer.title} isCurrent={isCurrent} onPress={onPress}>
      <span className="row-line">
        <bdi>{offer.author.pseudonym}</bdi>
        {offer.mine && ` · ${t`yours`}`}
      </span>
      <span className="row-meta">
        <KindMark kind={offer.kind}>{i18n._(kindWords[offer.kind])}</KindMark>
        <span>{offer.topics.map((topic) => topicName(i18n, topic)).join(', ')}</span>
      </span>
    </Row>
  )
}
