import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { InviteTokenView } from '../../../core/api/views.ts'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useRegion } from '../../locales/use-region.ts'
import { useBelonging } from '../../shell/community-context.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { CopyField } from '../../ui/copy-field.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Expander } from '../../ui/page.tsx'
import { fullDate } from '../../words/time.ts'

/** One invite token: whom it is for, what is handed on, and the end of it. */
export function PersonalInvite({ token, opens }: { readonly token: InviteTokenView; readonly opens: boolean }) {
  const { t } = useLingui()
  const region = useRegion()
  const client = useClient()
  const { personas } = useBelonging()
  const [asking, setAsking] = useState(false)
  const revoke = useAction(() => client.introductions.revokeToken({ tokenId: token.id }))
  const since = fullDate(region, token.createdAt)
  const persona = personas.length > 1 ? personas.find(({ id }) => id === token.personaId)?.pseudonym : undefined
  const note = token.note === '' ? t`Without a note` : token.note
  return (
    <li className="personal-invite">
      <h3 dir="auto">{note}</h3>
      <p className="small soft">
        <Trans>since {since}</Trans>
        {persona !== undefined && (
          <>
            {' · '}
            <bdi>{persona}</bdi>
          </>
        )}
      </p>
      <Expander title={t`Show it`} opens={opens}>
        <CopyField label={t`Personal invite: ${note}`} value={token.text} />
      </Expander>
      <ProblemNotice problem={revoke.problem} />
      <div>
        <Button isPending={revoke.pending} onPress={() => setAsking(true)}>
          <Trans>Take it back</Trans>
          <span className="hidden-but-read">: {note}</span>
        </Button>
      </div>
      <Confirm
        isOpen={asking}
        title={t`Take this personal invite back?`}
        action={t`Take it back`}
        onClose={() => setAsking(false)}
        onConfirm={() => void revoke.run()}
      >
        <p>
          <Trans>
            Nobody is told. Whoever introduces themselves with it, or has done so already, stands among the others from
            now on. It cannot be made to work again.
          </Trans>
        </p>
      </Confirm>
    </li>
  )
}
