import { Fault } from '../../base/fault.ts'

/** What a picture told beside its pixels, and was taken off. */
export const traces = ['place', 'camera', 'time', 'author', 'text', 'preview', 'other'] as const
export type Trace = (typeof traces)[number]

/** A picture without its traces. */
export interface Cleaned {
  /** The parts of the new file, to be joined. */
  readonly parts: readonly Uint8Array[]
  readonly traces: ReadonlySet<Trace>
  /** What takes longer to look at. @throws Fault `picture-unreadable` */
  readonly check?: () => Promise<void>
}

export function unreadable(why: string): Fault<'picture-unreadable'> {
  return new Fault('picture-unreadable', why)
}

/** Walks over a picture without copying; every step checks what is left first. */
export class Cursor {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #littleEndian: boolean
  #at = 0

  constructor(bytes: Uint8Array, littleEndian = false) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#littleEndian = littleEndian
  }

  get at(): number {
    return this.#at
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  /** The next `length` bytes. @throws Fault `picture-unreadable` */
  take(length: number): Uint8Array {
    const at = this.#step(length)
    return this.#bytes.subarray(at, at + length)
  }

  u8(): number {
    return this.#view.getUint8(this.#step(1))
  }

  u16(): number {
    return this.#view.getUint16(this.#step(2), this.#littleEndian)
  }

  u32(): number {
    return this.#view.getUint32(this.#step(4), this.#littleEndian)
  }

  /** What was passed since `from`. */
  since(from: number): Uint8Array {
    return this.#bytes.subarray(from, this.#at)
  }

  /** The next bytes, as many as there are, without passing them. */
  peek(length: number): Uint8Array {
    return this.#bytes.subarray(this.#at, this.#at + length)
  }

  /** Moves to where a byte next is. @returns false where it is nowhere */
  seek(byte: number): boolean {
    const found = this.#bytes.indexOf(byte, this.#at)
    if (found < 0) return false
    this.#at = found
    return true
  }

  #step(length: number): number {
    if (length > this.left) throw unreadable('A picture that ends too early')
    const at = this.#at
    this.#at += length
    return at
  }
}

export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}
