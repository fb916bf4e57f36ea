import { copy, type Bytes } from './bytes.ts'
import { Fault } from './fault.ts'

/**
 * Reads fixed-width big-endian fields off an array that came from outside.
 *
 * Every read checks what is left first; `end` refuses trailing bytes.
 */
export class Reader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #offset = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get left(): number {
    return this.#bytes.length - this.#offset
  }

  get offset(): number {
    return this.#offset
  }

  #take(length: number): number {
    if (length > this.left) throw new Fault('malformed', 'Input ends too early')
    const at = this.#offset
    this.#offset += length
    return at
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1))
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2))
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4))
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.#take(8))
  }

  /** A copy of the next `length` bytes. */
  bytes(length: number): Bytes {
    const at = this.#take(length)
    return copy(this.#bytes.subarray(at, at + length))
  }

  /** @throws Fault `malformed` where bytes are left over. */
  end(): void {
    if (this.left !== 0) throw new Fault('malformed', 'Input has trailing bytes')
  }
}
