import { Trans, useLingui } from '@lingui/react/macro'
import { useState, type ReactNode } from 'react'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'

interface NamedMemberProps {
  readonly picture: ReactNode
  readonly name: string
  readonly mine: boolean
  /** For the founder: asks before it is done. */
  readonly question?: string
  readonly warning?: string
  readonly remove?: () => Promise<unknown>
}

/** Somebody whom the charter names. */
export function NamedMember({ picture, name, mine, question = '', warning = '', remove }: NamedMemberProps) {
  const { t } = useLingui()
  const [asking, setAsking] = useState(false)
  const action = useAction(async () => remove?.())
  return (
    <li className="named-member">
      {picture}
      <span className="named-name">
        <bdi>{name}</bdi>
        {mine && <span className="soft"> · {t`you`}</span>}
      </span>
      {remove !== undefined && (
        <Button kind="plain" icon="remove" isPending={action.pending} onPress={() => setAsking(true)}>
          <Trans>Remove</Trans>
          <span className="hidden-but-read">: {name}</span>
        </Button>
      )}
      <ProblemNotice problem={action.problem} />
      <Confirm
        isOpen={asking}
        title={question}
        action={t`Remove`}
        onClose={() => setAsking(false)}
        onConfirm={() => void action.run()}
      >
        <p>
          <bdi>{name}</bdi>
        </p>
        <p>{warning}</p>
      </Confirm>
    </li>
  )
}
