import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { AuthorView, Weave as WeaveView } from '../../core/api/views.ts'
import { Lookalike } from './lookalike.tsx'
import { side, threadPath } from './weave-paths.ts'
import './weave.css'

interface WeaveProps {
  readonly weave: WeaveView
  readonly size?: 'small' | 'middle' | 'large'
  /** Whose it is; without a name it stands beside one and is not read. */
  readonly of?: string
}

/** A persona's pattern: drawn from its key, so that nobody else has it. */
export function Weave({ weave, size = 'small', of }: WeaveProps) {
  const { t } = useLingui()
  const [ground = 0, first = 0, second] = weave.threads
  const name = of === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': t`The weave of ${of}` }
  return (
    <svg className={`weave weave-${size}`} viewBox={`0 0 ${side} ${side}`} {...name}>
      <rect className={`weave-ground thread-${ground}`} width={side} height={side} />
      <path className={`weave-first thread-${first}`} d={threadPath(weave.cells, 1, weave.motif)} />
      {second !== undefined && (
        <path className={`weave-second thread-${second}`} d={threadPath(weave.cells, 2, weave.motif)} />
      )}
    </svg>
  )
}

/** A persona's weave and pseudonym, with more words under the name. */
export function Person({
  author,
  size,
  children,
}: {
  readonly author: AuthorView
  readonly size?: WeaveProps['size']
  readonly children?: ReactNode
}) {
  return (
    <span className="person">
      <Weave weave={author.weave} {...(size === undefined ? {} : { size })} />
      <span className="person-words">
        <bdi className="person-name">{author.pseudonym}</bdi>
        <Lookalike author={author} />
        {children}
      </span>
    </span>
  )
}
