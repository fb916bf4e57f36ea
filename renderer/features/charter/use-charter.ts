import type { CharterView } from '../../../core/api/charter.ts'
import { useView } from '../../api/context.tsx'
import { useBelonging } from '../../shell/community-context.ts'

/** What the founder of the community that is looked at says of it. */
export function useCharter(): { readonly charter: CharterView | undefined; readonly error: unknown } {
  const { community } = useBelonging()
  const { data, error } = useView(['charter', community.id], (client) =>
    client.charter.view({ communityId: community.id }),
  )
  return { charter: data, error }
}
