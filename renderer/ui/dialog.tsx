import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { Button } from './button.tsx'
import './overlay.css'

interface DialogProps {
  readonly title: ReactNode
  /** Where it is not inside of a trigger. */
  readonly isOpen?: boolean
  readonly onClose?: () => void
  readonly children: (close: () => void) => ReactNode
}

/** Something to read or set, over the page; closed by its button, by Escape and from beside it. */
export function Dialog({ title, isOpen, onClose, children }: DialogProps) {
  return (
    <ModalOverlay
      className="shade"
      isDismissable
      {...(isOpen === undefined ? {} : { isOpen })}
      {...(onClose === undefined
        ? {}
        : {
            onOpenChange: (open: boolean) => {
              if (!open) onClose()
            },
          })}
    >
      <Modal className="dialog">
        <AriaDialog>
          {({ close }) => (
            <>
              <Heading slot="title">{title}</Heading>
              {children(close)}
              <div className="dialog-actions">
                <Button onPress={close}>
                  <Trans>Close</Trans>
                </Button>
              </div>
            </>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
