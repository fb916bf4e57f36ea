import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import { enoughBits, passphraseBits } from '../../../core/api/passphrase.ts'
import { limits } from '../../../core/api/limits.ts'
import { Icon } from '../../ui/icon.tsx'
import './welcome.css'
import { Live } from '../../ui/live.tsx'

const steps: readonly { readonly bits: number; readonly words: MessageDescriptor }[] = [
  { bits: 0, words: msg`Could be guessed: add words` },
  { bits: enoughBits * 0.75, words: msg`Not enough yet: add a word` },
  { bits: enoughBits, words: msg`Enough` },
  { bits: enoughBits * 1.6, words: msg`Strong` },
]

/** Whether core will take it. */
export function isEnough(passphrase: string): boolean {
  return Array.from(passphrase).length >= limits.passphrase.min && passphraseBits(passphrase) >= enoughBits
}

interface StrengthMeterProps {
  readonly passphrase: string
  /** Not where the field itself says the same. */
  readonly hasWords?: boolean
}

/** How hard a passphrase is to guess: in steps, and in a word. The same estimate as core's. */
export function StrengthMeter({ passphrase, hasWords = true }: StrengthMeterProps) {
  const { i18n } = useLingui()
  const bits = Array.from(passphrase).length < limits.passphrase.min ? 0 : passphraseBits(passphrase)
  const level = steps.findLastIndex((step) => bits >= step.bits)
  const step = steps[level]
  return (
    <div className="strength" data-level={passphrase === '' ? 'none' : level}>
      <div className="strength-steps" aria-hidden="true">
        {steps.map(({ bits }, index) => (
          <span
            key={bits}
            className={passphrase !== '' && index <= level ? 'strength-step strength-on' : 'strength-step'}
          />
        ))}
      </div>
      <Live className="strength-words">
        {hasWords && passphrase !== '' && step !== undefined && (
          <>
            <Icon name={level >= 2 ? 'check' : 'warning'} />
            {i18n._(step.words)}
          </>
        )}
      </Live>
    </div>
  )
}
