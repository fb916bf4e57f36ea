import { useView } from '../../api/context.tsx'
import { useBelonging } from '../../shell/community-context.ts'

/** By id of an offer or an introduction: whose lists hide it. */
export type Hidden = ReadonlyMap<string, readonly string[]>

const nothing: Hidden = new Map()

/** What the lists of followed guardians hide in the community that is looked at. */
export function useHidden(what: 'offers' | 'introductions'): Hidden {
  const { community } = useBelonging()
  const { data } = useView(['safety', 'hidden', community.id], (client) =>
    client.safety.hidden({ communityId: community.id }),
  )
  return data === undefined ? nothing : new Map(data[what].map(({ id, guardians }) => [id, guardians]))
}

/** Whose lists hide any of these. */
export function guardiansOf(hidden: Hidden, ids: readonly string[]): string[] {
  return [...new Set(ids.flatMap((id) => hidden.get(id) ?? []))]
}
