import { useLingui } from '@lingui/react'
import type { SentIntroductionView } from '../../../core/api/views.ts'
import { Tag, type Tone } from '../../ui/notice.tsx'
import { sentStateWords } from '../../words/offers.ts'

const tones: Readonly<Record<SentIntroductionView['state'], Tone>> = {
  preparing: 'waiting',
  waiting: 'waiting',
  accepted: 'reached',
  expired: 'plain',
  failed: 'danger',
  cancelled: 'plain',
}

export function SentState({ introduction }: { readonly introduction: SentIntroductionView }) {
  const { i18n } = useLingui()
  return <Tag tone={tones[introduction.state]}>{i18n._(sentStateWords[introduction.state])}</Tag>
}
