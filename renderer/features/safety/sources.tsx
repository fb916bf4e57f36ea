import { Trans } from '@lingui/react/macro'
import { useLocale } from 'react-aria-components'
import { monthAndYear } from '../../words/time.ts'
import type { Source, SourcesOf } from './source-list.ts'

/** Where advice comes from: names to look up, each in its own language; never a link. */
export function Sources({ of }: { readonly of: SourcesOf }) {
  const { locale } = useLocale()
  const works = of.filter((source) => 'title' in source)
  const hints = of.filter((source) => 'words' in source)
  // the one that was looked up longest ago
  const [oldest] = works.map(({ checked }) => checked).toSorted()
  const month = oldest === undefined ? '' : monthAndYear(locale, oldest)
  return (
    <div className="sources small soft">
      {works.length > 0 && (
        <p>
          <Trans>
            In our words, after: <Names of={works} />
          </Trans>{' '}
          <Trans>(titles looked up in {month})</Trans>
        </p>
      )}
      {hints.length > 0 && (
        <p>
          <Trans>
            To look up: <Names of={hints} />
          </Trans>
        </p>
      )}
    </div>
  )
}

function Names({ of }: { readonly of: readonly Source[] }) {
  return of.map((source, index) => (
    <span key={nameOf(source)}>
      {index > 0 && ' · '}
      <bdi lang={source.lang} translate="no">
        {nameOf(source)}
      </bdi>
    </span>
  ))
}

function nameOf(source: Source): string {
  return 'title' in source ? `${source.by}: “${source.title}”` : `${source.by}, ${source.words}`
}
