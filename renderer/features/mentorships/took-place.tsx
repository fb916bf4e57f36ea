import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { DialogTrigger } from 'react-aria-components'
import type { SessionView } from '../../../core/api/mentorships.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { LengthSelect } from './terms.tsx'
import { useDeed } from './use-mentorship.ts'

interface TookPlaceProps {
  readonly mentorshipId: string
  readonly session: SessionView
  readonly isFirst: boolean
}

/** That a session took place, and how long: each notes it for themselves. */
export function TookPlace({ mentorshipId, session, isFirst }: TookPlaceProps) {
  const { t } = useLingui()
  const [minutes, setMinutes] = useState(session.minutes)
  const confirm = useDeed(mentorshipId, (mentorships) =>
    mentorships.confirmSession({ mentorshipId, sessionId: session.id, minutes }),
  )
  const save = async (close: () => void): Promise<void> => {
    if (await confirm.run()) close()
  }
  return (
    <DialogTrigger>
      <Button kind={isFirst ? 'primary' : 'quiet'} icon="check">
        <Trans>It took place</Trans>
      </Button>
      <Dialog title={t`How long was it?`}>
        {(close) => (
          <>
            <p className="soft">
              <Trans>
                It goes into your own count of hours, which nobody else sees. The other sees that it took place.
              </Trans>
            </p>
            <LengthSelect label={t`How long`} value={minutes} onChange={(next) => setMinutes(next ?? minutes)} />
            <ProblemNotice problem={confirm.problem} />
            <div className="row">
              <Button kind="primary" isPending={confirm.pending} onPress={() => void save(close)}>
                <Trans>Note it</Trans>
              </Button>
            </div>
          </>
        )}
      </Dialog>
    </DialogTrigger>
  )
}
