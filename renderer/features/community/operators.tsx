import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import { limits } from '../../../core/api/limits.ts'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { CopyField } from '../../ui/copy-field.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'
import { Expander } from '../../ui/page.tsx'
import { Live } from '../../ui/live.tsx'

/** For whoever runs a community computer: the link that goes there, and the link that comes back. */
export function Operators({ communityId, hosting }: { readonly communityId: string; readonly hosting: boolean }) {
  const { t } = useLingui()
  const client = useClient()
  const [given, setGiven] = useState<string>()
  const [link, setLink] = useState('')
  const [added, setAdded] = useState(false)
  const give = useAction(async () => setGiven((await client.communities.nodeLink({ communityId })).link))
  const add = useAction(async () => {
    await client.communities.addNode({ communityId, link: link.trim() })
    setLink('')
    setAdded(true)
  })
  return (
    <div className="stack">
      <p>
        {hosting ? (
          <Trans>
            With a small computer that never sleeps, the community works while this device is closed. Whoever runs it
            can read nothing, but sees the internet addresses of members, and which of them exchange something. Choose
            someone you trust.
          </Trans>
        ) : (
          <Trans>
            The more of them there are, the less is lost when one fails. Whoever runs one can read nothing, but sees the
            internet addresses of members, and which of them exchange something. Choose someone you trust.
          </Trans>
        )}
      </p>
      <Expander title={t`Set one up`}>
        <p className="small soft">
          <Trans>
            Two links: the first goes to the person who sets it up, the second comes back from their computer.
          </Trans>
        </p>
        {given === undefined ? (
          <div>
            <Button isPending={give.pending} onPress={() => void give.run()}>
              <Trans>Show the link for the operator</Trans>
            </Button>
          </div>
        ) : (
          <CopyField label={t`Link for the operator`} value={given} />
        )}
        <ProblemNotice problem={give.problem} />
        <Form
          className="stack stack-tight"
          onSubmit={(event) => {
            event.preventDefault()
            if (link.trim() !== '') void add.run()
          }}
        >
          <Field
            label={t`Link of the community computer`}
            value={link}
            onChange={(value) => {
              setLink(value)
              setAdded(false)
              add.clear()
            }}
            lines={2}
            maxLength={limits.link}
            dir="ltr"
            autoComplete="off"
          />
          <ProblemNotice problem={add.problem} />
          <div>
            <Button type="submit" isPending={add.pending} isDisabled={link.trim() === ''}>
              <Trans>Add this computer</Trans>
            </Button>
          </div>
        </Form>
        <Live>
          {added && (
            <Notice tone="reached">
              <p>
                <Trans>Added. From now on invites carry it too.</Trans>
              </p>
            </Notice>
          )}
        </Live>
      </Expander>
    </div>
  )
}
