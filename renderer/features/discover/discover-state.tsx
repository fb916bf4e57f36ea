import { createContext, useContext, useMemo, useState, type ReactNode } from 'react'
import type { OfferView } from '../../../core/api/views.ts'
import { useView } from '../../api/context.tsx'
import { useBelonging } from '../../shell/community-context.ts'
import type { Search } from './search.ts'

interface DiscoverState {
  readonly search: Search
  readonly setSearch: (search: Search) => void
}

const nothing: Search = { text: '', kind: 'all', topic: undefined }
const Context = createContext<DiscoverState | undefined>(undefined)

/** Keeps what is looked for while the person reads an offer or is elsewhere. */
export function DiscoverProvider({ children }: { readonly children: ReactNode }) {
  const [search, setSearch] = useState(nothing)
  const state = useMemo(() => ({ search, setSearch }), [search])
  return <Context value={state}>{children}</Context>
}

export function useSearch(): DiscoverState {
  const state = useContext(Context)
  if (state === undefined) throw new Error('Outside of DiscoverProvider')
  return state
}

/** All offers and requests that this device has read of the community. */
export function useOffers(): { readonly offers: readonly OfferView[] | undefined; readonly error: unknown } {
  const { community } = useBelonging()
  const { data, error } = useView(['offers', community.id], (client) =>
    client.offers.browse({ communityId: community.id }),
  )
  return { offers: data, error }
}

/** The taxonomy, group by group, in its own order. */
export function useTopicGroups(): readonly { readonly group: string; readonly topics: readonly string[] }[] {
  const { data } = useView(['topics'], (client) => client.topics.list())
  return useMemo(
    () =>
      [...Map.groupBy(data ?? [], ({ group }) => group)].map(([group, all]) => ({
        group,
        topics: all.map(({ id }) => id),
      })),
    [data],
  )
}
