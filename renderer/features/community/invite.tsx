import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { CopyField } from '../../ui/copy-field.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'
import { Expander } from '../../ui/page.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { fullDate } from '../../words/time.ts'
import { useRegion } from '../../locales/use-region.ts'

const spans = ['1', '7', '30'] as const

/** A link that lets others in, for a while. */
export function Invite({ communityId }: { readonly communityId: string }) {
  const { t } = useLingui()
  const region = useRegion()
  const client = useClient()
  const [days, setDays] = useState<(typeof spans)[number]>('7')
  const [made, setMade] = useState<{ readonly link: string; readonly expiresAt: number }>()
  const invite = useAction(async () => setMade(await client.communities.invite({ communityId, days: Number(days) })))
  const until = made === undefined ? '' : fullDate(region, made.expiresAt, 'date and time')
  return (
    <div className="stack">
      <OneOf
        label={t`How long it works`}
        inline
        value={days}
        onChange={(days) => {
          setDays(days)
          setMade(undefined)
        }}
        choices={[
          { id: '1', name: t`One day` },
          { id: '7', name: t`One week` },
          { id: '30', name: t`One month` },
        ]}
      />
      <div className="row">
        <Button kind="primary" icon="link" isPending={invite.pending} onPress={() => void invite.run()}>
          <Trans>Make an invite</Trans>
        </Button>
      </div>
      <ProblemNotice problem={invite.problem} />
      {made !== undefined && (
        <>
          <CopyField label={t`Invite link`} value={made.link} />
          <Expander title={t`Show it as a QR code`}>
            <QrCode label={t`The invite as a QR code`} link={made.link} />
          </Expander>
          <Notice tone="waiting" icon="warning">
            <p>
              <Trans>
                Whoever has this link can come in until {until} and read what is offered here. Give it only to people
                whom you would let in yourself, over a way that you trust.
              </Trans>
            </p>
          </Notice>
        </>
      )}
    </div>
  )
}
