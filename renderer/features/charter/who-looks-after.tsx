import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigation } from '../../routing/navigation.tsx'
import { Button } from '../../ui/button.tsx'
import { useCharter } from './use-charter.ts'

/** On the community's page: the guardians by name, and the way to the rest. */
export function WhoLooksAfter() {
  const { i18n } = useLingui()
  const { go } = useNavigation()
  const { charter } = useCharter()
  const guardians = charter?.guardians.map(({ name }) => name) ?? []
  const names = new Intl.ListFormat(i18n.locale).format(guardians)
  return (
    <div className="stack">
      {charter !== undefined && (
        <p>
          {guardians.length > 0 ? (
            <Trans>
              Guardians: <bdi>{names}</bdi>
            </Trans>
          ) : (
            <Trans>No guardian is named yet.</Trans>
          )}
        </p>
      )}
      <div>
        <Button icon="people" onPress={() => go({ at: 'charter' })}>
          <Trans>Guardians, editors and topics</Trans>
        </Button>
      </div>
    </div>
  )
}
