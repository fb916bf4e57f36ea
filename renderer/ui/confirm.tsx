import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { Button } from './button.tsx'
import './overlay.css'

interface ConfirmProps {
  readonly isOpen: boolean
  readonly title: string
  readonly children: ReactNode
  /** What the button says that does it. */
  readonly action: string
  readonly isDanger?: boolean
  readonly onClose: () => void
  readonly onConfirm: () => void
}

/** Asks before something that cannot be taken back. What is safe has the focus. */
export function Confirm({ isOpen, title, children, action, isDanger = true, onClose, onConfirm }: ConfirmProps) {
  return (
    <ModalOverlay
      className="shade"
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Modal className="dialog">
        <Dialog role="alertdialog">
          <Heading slot="title">{title}</Heading>
          {children}
          <div className="dialog-actions">
            {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the safe way out of a question */}
            <Button autoFocus onPress={onClose}>
              <Trans>Leave it as it is</Trans>
            </Button>
            <Button
              kind={isDanger ? 'danger' : 'primary'}
              onPress={() => {
                onClose()
                onConfirm()
              }}
            >
              {action}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
