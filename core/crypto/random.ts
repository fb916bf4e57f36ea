import { randomBytes } from 'node:crypto'
import { copy, type Bytes } from '../base/bytes.ts'

/** `length` bytes from the operating system's generator. */
export function random(length: number): Bytes {
  return copy(randomBytes(length))
}
