import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { DialogTrigger, Form } from 'react-aria-components'
import type { CircleMemberView, CircleView } from '../../../core/api/circles.ts'
import { limits } from '../../../core/api/limits.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice, SeenBy } from '../../ui/notice.tsx'
import { useCircleDeed } from './use-circle.ts'

/** Tells the host, and nobody else, what somebody did. */
export function Report({ circle, member }: { readonly circle: CircleView; readonly member: CircleMemberView }) {
  const { t } = useLingui()
  const [text, setText] = useState('')
  const [told, setTold] = useState(false)
  const report = useCircleDeed(async (circles) => {
    await circles.report({ circleId: circle.id, memberId: member.id, text })
    setText('')
    setTold(true)
  })
  const name = member.name
  const host = circle.hostName
  return (
    <DialogTrigger onOpenChange={() => setTold(false)}>
      <Button kind="plain" icon="safety">
        <span>
          <Trans>
            Tell the host about <bdi>{name}</bdi>
          </Trans>
        </span>
      </Button>
      <Dialog title={t`Tell ${host} about ${name}`}>
        {() =>
          told ? (
            <p role="status">
              <Trans>
                It is on its way to the host. You can mute them as well, or leave; you owe nobody an explanation.
              </Trans>
            </p>
          ) : (
            <Form
              className="stack"
              onSubmit={(event) => {
                event.preventDefault()
                if (text.trim() !== '') void report.run()
              }}
            >
              <Field
                label={t`What happened`}
                lines={4}
                value={text}
                onChange={setText}
                maxLength={limits.circle.report}
                isRequired
              />
              <SeenBy>
                <Trans>Only the host reads this, and sees that it comes from you.</Trans>
              </SeenBy>
              <ProblemNotice problem={report.problem} />
              <div className="row">
                <Button kind="primary" type="submit" isPending={report.pending} isDisabled={text.trim() === ''}>
                  <Trans>Tell the host</Trans>
                </Button>
              </div>
            </Form>
          )
        }
      </Dialog>
    </DialogTrigger>
  )
}
