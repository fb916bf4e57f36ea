import { Trans } from '@lingui/react/macro'
import { useMemo } from 'react'
import type { AuthorView } from '../../../core/api/views.ts'
import { useView } from '../../api/context.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Weave } from '../../ui/weave.tsx'
import { useOffers } from './discover-state.tsx'
import { lookalikesOf } from './lookalikes.ts'

interface LookalikeNoticeProps {
  readonly author: AuthorView
  /** Where the name stands: an offer has its persona's weave, an introduction one that was made for it alone. */
  readonly on: 'offer' | 'introduction'
}

/** Points out that a name could be taken for another one: for its letters, or for a name that is here. */
export function LookalikeNotice(props: LookalikeNoticeProps) {
  return (
    <>
      {props.author.lookalike === true && (
        <Notice tone="waiting" icon="warning">
          <p>
            <Trans>
              This name mixes letters that look alike but are others, as of two alphabets. It can be meant well; it can
              also be made to pass for somebody else.
            </Trans>
          </p>
        </Notice>
      )}
      <NameTwice {...props} />
    </>
  )
}

function NameTwice({ author, on }: LookalikeNoticeProps) {
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
        {on === 'offer' ? (
          <Trans>Someone else here has a name like this one. Names can be copied, weaves cannot: compare them.</Trans>
        ) : (
          <Trans>
            Someone here publishes under a name like this one. Whether it is the same person cannot be seen, because
            whoever introduces themselves gets a new weave for it: ask them.
          </Trans>
        )}
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
