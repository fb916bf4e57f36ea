import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, DialogTrigger } from 'react-aria-components'
import { Button as OwnButton } from '../../ui/button.tsx'
import { CopyField } from '../../ui/copy-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { hostOf, piecesOf } from './links.ts'

/** Characters of a message that are shown at first; it may have 65,536. */
const first = 2500

interface LinkedTextProps {
  readonly text: string
  /** Whether its links are stops of the Tab key. */
  readonly isCurrent: boolean
}

/** Words with the links in them marked: they can be copied, and nothing here ever opens or asks for one. */
export function LinkedText({ text, isCurrent }: LinkedTextProps) {
  const [all, setAll] = useState(false)
  const isLong = text.length > first + 500
  const shown = all || !isLong ? text : text.slice(0, first)
  const pieces = piecesOf(shown)
  return (
    <>
      {pieces.map(({ text, isLink }, index) =>
        // oxlint-disable-next-line react/no-array-index-key -- pieces of one text, which never change places
        isLink ? <CopiedLink key={index} link={text} isCurrent={isCurrent} /> : <span key={index}>{text}</span>,
      )}
      {isLong && !all && (
        <>
          {'… '}
          <OwnButton kind="plain" onPress={() => setAll(true)}>
            <Trans>Show all of it</Trans>
          </OwnButton>
        </>
      )}
    </>
  )
}

/** An address: shown whole, and copied where the person asks for it. */
export function CopiedLink({ link, isCurrent }: { readonly link: string; readonly isCurrent: boolean }) {
  const { t } = useLingui()
  const host = hostOf(link)
  return (
    <DialogTrigger>
      <Button className="link-text" excludeFromTabOrder={!isCurrent}>
        <bdi dir="ltr">{link}</bdi>
      </Button>
      <Dialog title={t`A link`}>
        {() => (
          <>
            {host !== undefined && (
              <p>
                <Trans>
                  It leads to <bdi className="link-host">{host}</bdi>.
                </Trans>
              </p>
            )}
            <Notice tone="waiting" icon="warning">
              <p>
                <Trans>
                  Staffetta opens no links. Whoever runs that place would see the address of your device and when you
                  came. Copy it, and open it only where that is safe for you.
                </Trans>
              </p>
            </Notice>
            <CopyField label={t`Link`} value={link} />
          </>
        )}
      </Dialog>
    </DialogTrigger>
  )
}
