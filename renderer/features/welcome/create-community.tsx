import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import { limits } from '../../../core/api/limits.ts'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice, SeenBy } from '../../ui/notice.tsx'
import { Expander } from '../../ui/page.tsx'

/** A community of one's own; this device carries it until another computer does. */
export function CreateCommunity({ onDone }: { readonly onDone: (communityId: string) => void }) {
  const { t } = useLingui()
  const client = useClient()
  const [name, setName] = useState('')
  const [nodeLink, setNodeLink] = useState('')
  const create = useAction(async () => {
    const link = nodeLink.trim()
    const community = await client.communities.create({ name, ...(link === '' ? {} : { nodeLink: link }) })
    onDone(community.id)
  })

  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '') void create.run()
      }}
    >
      <Field
        label={t`Name of the community`}
        hint={t`Everyone you invite sees it. It need not say who you are.`}
        value={name}
        onChange={setName}
        maxLength={limits.communityName}
        autoComplete="off"
      />
      <SeenBy>
        <Trans>
          Until you add a computer that is always on, this device is the community’s computer: people reach each other
          through it while Staffetta is open here.
        </Trans>
      </SeenBy>
      <Expander title={t`I have a computer that is always on`}>
        <Field
          label={t`Link of the community computer`}
          hint={t`The program for community computers prints it. Then this device need not carry anything.`}
          value={nodeLink}
          onChange={setNodeLink}
          lines={2}
          maxLength={limits.link}
          dir="ltr"
          autoComplete="off"
        />
      </Expander>
      <ProblemNotice problem={create.problem} />
      <div className="threshold-actions">
        <Button kind="primary" type="submit" isPending={create.pending} isDisabled={name.trim() === ''}>
          <Trans>Create the community</Trans>
        </Button>
      </div>
    </Form>
  )
}
