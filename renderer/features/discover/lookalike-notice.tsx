import { Trans } from '@lingui/react/macro'
import { useMemo } from 'react'
import type { AuthorView } from '../../../core/api/views.ts'
import { useView } from '../../api/context.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Weave } from '../../ui/weave.tsx'
import { useOffers } from './discover-state.tsx'
import { lookalikesOf } from './lookalikes.ts'

/** Points out that someone else here has a name that could be taken for this one. */
export function LookalikeNotice({ author }: { readonly author: AuthorView }) {
  const { offers } = useOffers()
  const personas = useView(['personas'], (client) => client.personas.list())
  const others = useMemo(
    () => lookalikesOf(author, [...(offers ?? []).map(({ author }) => author), ...(personas.data ?? [])]),
    [author, offers, personas.data],
  )
  if (others.length === 0) return null
  return (
    <Notice tone="waiting" icon="warning">
      <p>
        <Trans>Someone else here has a name like this one. Names can be copied, weaves cannot: compare them.</Trans>
      </p>
      <ul className="row">
        {[author, ...others.slice(0, 5)].map((person) => (
          <li key={`${person.pseudonym} ${person.weave.cells.join('')}`} className="person">
            <Weave weave={person.weave} of={person.pseudonym} />
            <bdi>{person.pseudonym}</bdi>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
