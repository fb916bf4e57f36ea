import { Trans } from '@lingui/react/macro'

/** Where advice comes from: names to look up, in the language in which they are found; never a link. */
export function Sources({ names }: { readonly names: readonly string[] }) {
  const list = names.join(' · ')
  return (
    <p className="small soft">
      <Trans>
        In our words, after:{' '}
        <bdi lang="en" translate="no">
          {list}
        </bdi>
      </Trans>
    </p>
  )
}
