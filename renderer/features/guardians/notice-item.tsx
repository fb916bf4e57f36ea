import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { NoticeView } from '../../../core/api/safety.ts'
import { useRegion } from '../../locales/use-region.ts'
import { Icon } from '../../ui/icon.tsx'
import { Person } from '../../ui/weave.tsx'
import { fullDate } from '../../words/time.ts'
import './guardians.css'

/** One notice: who says it, until when it holds, and whom it is about. */
export function NoticeItem({ notice, children }: { readonly notice: NoticeView; readonly children?: ReactNode }) {
  const region = useRegion()
  const { guardian, words, language, madeAt, until, blocked } = notice
  const [made, end] = [fullDate(region, madeAt), fullDate(region, until)]
  return (
    <li className="guardian-notice">
      <Icon name={words === '' ? 'block' : 'warning'} />
      <div className="stack stack-tight">
        {words !== '' && (
          <p className="prose" dir="auto" lang={language}>
            {words}
          </p>
        )}
        {blocked.length > 0 && (
          <div className="stack stack-tight">
            <p>
              <Trans>On the list: what these pseudonyms offer is hidden.</Trans>
            </p>
            {blocked.map((author) => (
              <Person key={`${author.pseudonym} ${author.weave.cells.join('')}`} author={author} />
            ))}
          </div>
        )}
        <p className="small soft">
          <Trans>
            <bdi>{guardian}</bdi>, {made}; holds until {end}
          </Trans>
        </p>
        {children}
      </div>
    </li>
  )
}
