import { enoughBits, passphraseBits } from '../api/passphrase.ts'
import { limits } from '../api/limits.ts'
import { Fault } from '../base/fault.ts'

/** @throws Fault `weak-passphrase`; `bad-input` over the longest or where it is not text */
export function requireStrong(passphrase: string): void {
  if (passphrase.length > limits.passphrase.max || !passphrase.isWellFormed()) {
    throw new Fault('bad-input', 'This cannot be a passphrase')
  }
  if (Array.from(passphrase).length < limits.passphrase.min || passphraseBits(passphrase) < enoughBits) {
    throw new Fault('weak-passphrase', 'The passphrase is too easy to guess')
  }
}
