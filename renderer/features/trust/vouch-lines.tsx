import { Plural, Trans } from '@lingui/react/macro'
import type { VouchCount } from '../../../core/api/vouches.ts'
import { useView } from '../../api/context.tsx'
import { useBelonging } from '../../shell/community-context.ts'
import { Icon } from '../../ui/icon.tsx'
import { useTopics } from '../../words/topics.ts'
import './trust.css'

/** By offer; made once for all rows of a list. */
const byOffer = new WeakMap<readonly VouchCount[], ReadonlyMap<string, readonly VouchCount[]>>()

/** Who vouches for the author of an offer, by how near they are to this person. */
function useVouchCounts(offerId: string): readonly VouchCount[] {
  const { community } = useBelonging()
  const { data } = useView(['vouches', 'counts', community.id], (client) =>
    client.vouches.counts({ communityId: community.id }),
  )
  if (data === undefined) return []
  const grouped = byOffer.get(data) ?? Map.groupBy(data, (count) => count.offerId)
  byOffer.set(data, grouped)
  return grouped.get(offerId) ?? []
}

/** “Two people you know vouch for this, for sewing.” Of those whom this person cannot place, nothing. */
export function VouchLines({ offerId }: { readonly offerId: string }) {
  const { nameOf } = useTopics()
  return useVouchCounts(offerId).map(({ topic, mine, known, near }) => {
    const name = nameOf(topic)
    return (
      <span key={topic} className="vouch-line">
        <Icon name="check" />
        <span>
          {mine && <Trans>You vouch for this, for {name}.</Trans>}{' '}
          {known > 0 && (
            <Plural
              value={known}
              one={`One person you know vouches for this, for ${name}.`}
              other={`# people you know vouch for this, for ${name}.`}
            />
          )}{' '}
          {near > 0 && (
            <Plural
              value={near}
              one={`One person whom somebody you know vouches for does so, for ${name}.`}
              other={`# people whom people you know vouch for do so, for ${name}.`}
            />
          )}
        </span>
      </span>
    )
  })
}
