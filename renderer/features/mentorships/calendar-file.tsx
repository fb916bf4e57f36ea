import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { saveAs } from '../../ui/save-as.ts'

interface CalendarFileProps {
  readonly mentorshipId: string
  readonly sessionId: string
}

/** The time for another calendar, with a title that says nothing; only if the person knows what that means. */
export function CalendarFile({ mentorshipId, sessionId }: CalendarFileProps) {
  const { t } = useLingui()
  const client = useClient()
  const [asking, setAsking] = useState(false)
  const save = useAction(async () => {
    const title = t({ message: 'Appointment', comment: 'title of an entry in a calendar: says nothing' })
    const { name, text } = await client.mentorships.calendar({ mentorshipId, sessionId, title })
    saveAs(name, new Blob([text], { type: 'text/calendar' }))
  })
  return (
    <>
      <Button kind="plain" icon="down" isPending={save.pending} onPress={() => setAsking(true)}>
        <Trans>For your calendar</Trans>
      </Button>
      <ProblemNotice problem={save.problem} />
      <Confirm
        isOpen={asking}
        title={t`Save it for another calendar?`}
        action={t`Save it`}
        isDanger={false}
        onClose={() => setAsking(false)}
        onConfirm={() => void save.run()}
      >
        <p>
          <Trans>
            The file holds the time and the word “Appointment”, and nothing about whom or what. Calendars often copy
            themselves to other devices and services: they learn that you have something to do then.
          </Trans>
        </p>
      </Confirm>
    </>
  )
}
