import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import { limits } from '../../../core/api/limits.ts'
import type { RingView, SuggestionView } from '../../../core/api/matching.ts'
import type { OfferView } from '../../../core/api/offers.ts'
import { useClient, useView } from '../../api/context.tsx'
import { useBelonging } from '../../shell/community-context.ts'
import { filterOffers, type Search } from './search.ts'

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

/** Offers that a search shows; `offers` stays as it was while the next one is looked for. */
interface Found {
  readonly offers: readonly OfferView[] | undefined
  /** Whether there are no more than these. */
  readonly isAll: boolean
  readonly error: unknown
}

/** What a keystroke asks for comes within a frame; all the rest once the person has stopped typing. */
const mostAtOnce = 50
const mostFound = 200
const stoppedTyping = 300

/** What is shown of what this device has read. No other device is asked, so nobody learns what is looked for. */
export function useFound(): Found {
  const client = useClient()
  const { community } = useBelonging()
  const { search } = useSearch()
  const { offers, error } = useOffers()
  const [found, setFound] = useState<Found>({ offers: undefined, isAll: false, error: undefined })
  const { kind, topic } = search
  const text = search.text.trim().slice(0, limits.searchText)
  useEffect(() => {
    // they are others when boards were read again
    if (text === '' || offers === undefined) return undefined
    const abort = new AbortController()
    const { signal } = abort
    const among = { ...(kind === 'all' ? {} : { kind }), ...(topic === undefined ? {} : { topic }) }
    const look = async (limit: number): Promise<void> => {
      const found = await client.matching
        .search({ communityId: community.id, text, limit, ...among }, { signal })
        .then((offers): Found => ({ offers, isAll: limit === mostFound || offers.length < limit, error: undefined }))
        .catch((error: unknown): Found => ({ offers: undefined, isAll: true, error }))
      if (signal.aborted) return
      setFound(found)
      if (!found.isAll) timer = setTimeout(() => void look(mostFound), stoppedTyping)
    }
    let timer: ReturnType<typeof setTimeout> | undefined
    void look(mostAtOnce)
    return () => {
      abort.abort()
      clearTimeout(timer)
    }
  }, [client, community.id, text, kind, topic, offers])
  const filtered = useMemo(
    () => (offers === undefined ? undefined : filterOffers(offers, { text: '', kind, topic })),
    [offers, kind, topic],
  )
  if (text === '') return { offers: filtered, isAll: true, error }
  return { ...found, error: found.error ?? error }
}

/** What answers this person's own offers and requests, with why; then the same of those whom a guardian's list hides. */
export function useSuggestions(): readonly SuggestionView[] {
  const { community } = useBelonging()
  const { data } = useView(['matches', community.id, 'suggested'], (client) =>
    client.matching.suggest({ communityId: community.id, limit: 5 }),
  )
  return data ?? []
}

/** Circles in which this person could give and get; then those with somebody whom a guardian's list hides. */
export function useRings(): readonly RingView[] {
  const { community } = useBelonging()
  const { data } = useView(['matches', community.id, 'rings'], (client) =>
    client.matching.rings({ communityId: community.id, limit: 3 }),
  )
  return data ?? []
}
