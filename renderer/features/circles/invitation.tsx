import { Trans, useLingui } from '@lingui/react/macro'
import { Form } from 'react-aria-components'
import type { CircleView } from '../../../core/api/circles.ts'
import { limits } from '../../../core/api/limits.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { useDraft } from '../../shell/drafts.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { useCircleDeed } from './use-circle.ts'

/** Somebody asks this person into a circle of theirs. */
export function Invitation({ circle: { id, name, hostName, ownName } }: { readonly circle: CircleView }) {
  const { t } = useLingui()
  const { replace } = useNavigation()
  const [chosen, setChosen, clear] = useDraft(`circle name ${id}`, ownName)
  const accept = useCircleDeed(async (circles) => {
    await circles.accept({ circleId: id, ownName: chosen })
    clear()
  })
  const decline = useCircleDeed(async (circles) => {
    await circles.decline({ circleId: id })
    clear()
    replace({ at: 'people' })
  })
  return (
    <Page
      title={name}
      back
      lead={
        <Trans>
          <bdi>{hostName}</bdi> invites you into this circle.
        </Trans>
      }
    >
      <Form
        className="stack stack-wide"
        onSubmit={(event) => {
          event.preventDefault()
          void accept.run()
        }}
      >
        <Notice icon="eye">
          <p>
            <Trans>
              Everybody in the circle reads what you write there, also people you do not know. They see the name that
              you choose here and a pattern made for this circle alone, and nothing else of you.
            </Trans>
          </p>
          <p>
            <Trans>
              Your community’s computer cannot read it. It can see that some devices look at the same places, and how
              many they are.
            </Trans>
          </p>
        </Notice>
        <Field
          label={t`Your name in this circle`}
          hint={t`It may be another than the one you have here.`}
          value={chosen}
          onChange={setChosen}
          maxLength={limits.pseudonym.max}
          isRequired
        />
        <ProblemNotice problem={accept.problem ?? decline.problem} />
        <div className="row">
          <Button kind="primary" type="submit" icon="check" isPending={accept.pending}>
            <Trans>Join the circle</Trans>
          </Button>
          <Button isPending={decline.pending} onPress={() => void decline.run()}>
            <Trans>No, thank you</Trans>
          </Button>
        </div>
      </Form>
    </Page>
  )
}
