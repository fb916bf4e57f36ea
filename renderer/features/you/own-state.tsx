import { useLingui } from '@lingui/react'
import type { OwnOfferView } from '../../../core/api/offers.ts'
import { Tag, type Tone } from '../../ui/notice.tsx'
import { ownStateWords } from '../../words/offers.ts'

const tones: Readonly<Record<OwnOfferView['state'], Tone>> = {
  publishing: 'waiting',
  published: 'reached',
  failed: 'danger',
  pausing: 'waiting',
  paused: 'plain',
  withdrawing: 'waiting',
  withdrawn: 'plain',
}

export function OwnState({ offer }: { readonly offer: OwnOfferView }) {
  const { i18n } = useLingui()
  return <Tag tone={tones[offer.state]}>{i18n._(ownStateWords[offer.state])}</Tag>
}
