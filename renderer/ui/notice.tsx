import { useLingui } from '@lingui/react'
import type { ReactNode } from 'react'
import type { Problem } from '../api/fault.ts'
import { problemWords } from '../words/errors.ts'
import { Icon, type IconName } from './icon.tsx'
import './notice.css'

/** What a colour means; a shape or a word always says it too. */
export type Tone = 'plain' | 'reached' | 'waiting' | 'danger'

const toneIcons: Readonly<Record<Tone, IconName>> = {
  plain: 'info',
  reached: 'check',
  waiting: 'queued',
  danger: 'stop',
}

interface NoticeProps {
  readonly tone?: Tone
  readonly icon?: IconName
  readonly children: ReactNode
}

/** Some sentences that belong to what stands around them. */
export function Notice({ tone = 'plain', icon, children }: NoticeProps) {
  return (
    <div className={`notice notice-${tone}`}>
      <Icon name={icon ?? toneIcons[tone]} />
      <div className="notice-body">{children}</div>
    </div>
  )
}

/** What went wrong; read out at once. Nothing where nothing did. */
export function ProblemNotice({
  problem,
  children,
}: {
  readonly problem: Problem | undefined
  readonly children?: ReactNode
}) {
  const { i18n } = useLingui()
  return (
    <div role="alert">
      {problem !== undefined && (
        <Notice tone="danger">
          <p>{i18n._(problemWords[problem])}</p>
          {children}
        </Notice>
      )}
    </div>
  )
}

/** Who can read, or learn, what is here; in one sentence, where it matters. */
export function SeenBy({ children }: { readonly children: ReactNode }) {
  return (
    <p className="seen-by">
      <Icon name="eye" />
      <span>{children}</span>
    </p>
  )
}

/** A state in a word and a shape. */
export function Tag({ tone = 'plain', icon, children }: NoticeProps) {
  return (
    <span className={`tag tag-${tone}`}>
      <Icon name={icon ?? toneIcons[tone]} />
      <span>{children}</span>
    </span>
  )
}
