import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { limits } from '../../../core/api/limits.ts'
import type { IntroductionView } from '../../../core/api/views.ts'

/** How introductions that wait are kept: in which order, how many, and what becomes of the rest. */
export function PendingNote({ waiting }: { readonly waiting: readonly IntroductionView[] }) {
  const { t } = useLingui()
  const most = limits.pendingIntroductions
  const counts = new Map<string, number>()
  for (const { personaId } of waiting) counts.set(personaId, (counts.get(personaId) ?? 0) + 1)
  const isFull = [...counts.values()].some((count) => count >= most)
  return (
    <div className="pending-note">
      <p>
        {t({
          message: plural({ count: waiting.length }, { one: '# introduction waits.', other: '# introductions wait.' }),
        })}
        {waiting.length > 1 && (
          <>
            {' '}
            <Trans>
              Those with a personal invite stand first, then those with the most work, then the newest. At most {most}{' '}
              wait for one pseudonym. Declined ones are forgotten.
            </Trans>
          </>
        )}
      </p>
      {isFull && (
        <p>
          <Trans>
            There is no room for more: one that would stand higher takes the place of the last. Accept or decline some,
            and those that had no room can come.
          </Trans>
        </p>
      )}
    </div>
  )
}
