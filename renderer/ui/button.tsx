import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { Icon, type IconName } from './icon.tsx'
import './button.css'

interface ButtonProps {
  readonly children: ReactNode
  /** `primary`: the one action of a screen. */
  readonly kind?: 'primary' | 'quiet' | 'plain' | 'danger'
  readonly icon?: IconName
  readonly type?: 'button' | 'submit'
  /** It does its work: shown, and pressing it again does nothing more (see use-action). The focus stays. */
  readonly isPending?: boolean
  readonly isDisabled?: boolean
  readonly autoFocus?: boolean
  readonly slot?: string
  readonly onPress?: () => void
}

export function Button({ children, kind = 'quiet', icon, isPending = false, onPress, ...rest }: ButtonProps) {
  return (
    <AriaButton
      className={`button button-${kind}`}
      data-pending={isPending || undefined}
      {...rest}
      {...(onPress ? { onPress: () => onPress() } : {})}
    >
      {isPending ? <span className="button-wheel" aria-hidden="true" /> : icon && <Icon name={icon} />}
      {children}
    </AriaButton>
  )
}

/** A button of a picture alone; `label` is its name. */
export function IconButton({
  icon,
  label,
  kind = 'plain',
  onPress,
  ...rest
}: Omit<ButtonProps, 'children' | 'icon' | 'isPending'> & { readonly icon: IconName; readonly label: string }) {
  return (
    <AriaButton
      className={`button button-${kind} button-square`}
      aria-label={label}
      {...rest}
      {...(onPress ? { onPress: () => onPress() } : {})}
    >
      <Icon name={icon} />
    </AriaButton>
  )
}
