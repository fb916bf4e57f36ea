import { Trans, useLingui } from '@lingui/react/macro'
import { useReminders } from '../api/context.tsx'
import { useRegion } from '../locales/use-region.ts'
import { useNavigation } from '../routing/navigation.tsx'
import { Button, IconButton } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Live } from '../ui/live.tsx'
import { clockTime, dayName, sameDay } from '../words/time.ts'
import { useNow } from './use-now.ts'

/** Milliseconds after its beginning that an appointment is still spoken of. */
const late = 30 * 60_000

/** That something is near, over every page: when, and neither what nor with whom. */
export function Reminders() {
  const { t } = useLingui()
  const region = useRegion()
  const now = useNow()
  const { go } = useNavigation()
  const { reminders, dismiss } = useReminders()
  return (
    <Live className="reminders">
      {reminders
        .filter(({ at }) => now < at + late)
        .map(({ mentorshipId, sessionId, at }) => {
          const [time, day] = [clockTime(region, at), dayName(region, at, now)]
          return (
            <div key={sessionId} className="reminder">
              <Icon name="calendar" />
              <p>
                {sameDay(at, now) ? (
                  <Trans>You have an appointment at {time}.</Trans>
                ) : (
                  <Trans>
                    You have an appointment: {day}, {time}.
                  </Trans>
                )}
              </p>
              <Button
                onPress={() => {
                  dismiss(sessionId)
                  go({ at: 'mentorship', id: mentorshipId })
                }}
              >
                <Trans>See it</Trans>
              </Button>
              <IconButton icon="close" label={t`Close`} onPress={() => dismiss(sessionId)} />
            </div>
          )
        })}
    </Live>
  )
}
