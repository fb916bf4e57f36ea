import type { FaultCode } from '../../core/api/codes.ts'
import { fromHex, type Bytes } from '../../core/base/bytes.ts'

/** What became of an input where nothing is encoded again. */
export type Outcome = 'accepted' | 'refused'

/** One decoder of core under fire. */
export interface Target {
  readonly name: string
  /** Decoders that it exercises, as `core/boxes/box.ts decodeBox`: the property test compares them with the sources. */
  readonly covers: readonly string[]
  /** Valid encodings: mutation begins from them, and none may be answered with a Fault as it is. */
  readonly corpus: readonly Bytes[]
  /** Codes of the Faults that the decoder promises: callers catch these and no others. */
  readonly faults: readonly FaultCode[]
  /** `cbor`: fields are also changed one by one, so that what follows the strict decoder is reached. */
  readonly form?: 'cbor'
  /** Makes a checksum or signatures of a mutated input fit again, so that what lies behind them is reached. */
  readonly mend?: (input: Bytes) => Bytes
  /**
   * Decodes and encodes again.
   *
   * @returns what the encoder gives, which must be the input; an outcome where the format has no such encoder
   * @throws Fault with one of `faults`, and nothing else
   */
  readonly again: (input: Bytes) => Bytes | Outcome
}

/** What vectors hold as hexadecimal. */
export function fromVectors(...texts: readonly string[]): Bytes[] {
  return texts.map(fromHex)
}

/** Bytes as a careless text, in UTF-8. */
export function loose(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}
