import { decode, encode, rfc8949EncodeOptions, Tokenizer, Type, type Token } from 'cborg'
import type { z } from 'zod'
import { copy, equal, fromUtf8, type Bytes } from './bytes.ts'
import { Fault } from './fault.ts'

const maxDepth = 8
/** No map of ours has half as many fields; thousands would be sorted, compared and refused one by one. */
const maxFields = 64
/** False, true, null: of major type 7 nothing else is used. */
const simple: ReadonlySet<number> = new Set([20, 21, 22])

const strictly = {
  strict: true,
  useMaps: false,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  rejectDuplicateMapKeys: true,
  retainStringBytes: true,
}

/** cborg drops a U+FEFF that a text begins with, which a person may have pasted. */
class WholeTexts extends Tokenizer {
  override next(): Token {
    const token = super.next()
    if (token.type === Type.string && token.byteValue !== undefined) token.value = fromUtf8(token.byteValue)
    return token
  }
}

/** Canonical CBOR (RFC 8949 section 4.2.1). */
export function encodeCbor(value: unknown): Bytes {
  // cborg gives a view of a pooled Buffer, whose slice() would share memory
  return copy(encode(value, rfc8949EncodeOptions))
}

/**
 * Decodes canonical CBOR and checks it against `schema`.
 *
 * The length is checked first, nesting, maps and integers are bounded before anything is built, and
 * bytes that would not be encoded the same way again are refused. Integers are 0 to 2^53 - 1; there are
 * no negative and no floating-point numbers, and of simple values false, true and null.
 *
 * @throws Fault `too-large` over `maxBytes`, else `malformed`.
 */
export function decodeCbor<Schema extends z.ZodType>(
  bytes: Uint8Array,
  schema: Schema,
  maxBytes: number,
): z.output<Schema> {
  if (bytes.length > maxBytes) throw new Fault('too-large', 'CBOR is longer than its place allows')
  refuseUnbounded(bytes)
  let value: unknown
  try {
    const own = copy(bytes)
    value = decode(own, { ...strictly, tokenizer: new WholeTexts(own, strictly) })
  } catch (cause) {
    throw new Fault('malformed', 'Not strict CBOR', { cause })
  }
  if (!equal(encodeCbor(value), bytes)) throw new Fault('malformed', 'Not canonical CBOR')
  const result = schema.safeParse(value)
  // zod's own error would quote what came from outside: it is not kept as cause.
  if (!result.success) throw new Fault('malformed', 'CBOR of an unexpected shape')
  return result.data
}

/** Walks the heads only (RFC 8949 section 3), without building a value. */
function refuseUnbounded(bytes: Uint8Array): void {
  /** How many items are still to come on each open level. */
  const open: number[] = [1]
  let offset = 0
  while (open.length > 0) {
    const level = open.length - 1
    if (open[level] === 0) {
      open.pop()
      continue
    }
    open[level] = (open[level] ?? 0) - 1
    const head = bytes[offset++]
    if (head === undefined) throw new Fault('malformed', 'CBOR ends too early')
    const major = head >> 5
    const info = head & 31
    let argument = info
    if (info >= 24) {
      const width = 1 << (info - 24)
      if (info > 27 || offset + width > bytes.length) throw new Fault('malformed', 'CBOR with a bad head')
      argument = 0
      for (let i = 0; i < width; i++) argument = argument * 256 + (bytes[offset + i] ?? 0)
      offset += width
    }
    if (major === 0 && argument > Number.MAX_SAFE_INTEGER) throw new Fault('malformed', 'CBOR with an integer too high')
    if (major === 2 || major === 3) offset += argument
    else if (major === 4 || major === 5) {
      if (argument > bytes.length) throw new Fault('malformed', 'CBOR counts more items than bytes')
      if (major === 5 && argument > maxFields) throw new Fault('malformed', 'CBOR with more fields than any map has')
      if (open.length >= maxDepth) throw new Fault('malformed', 'CBOR is nested too deeply')
      open.push(major === 5 ? argument * 2 : argument)
    } else if (major === 1 || major === 6 || (major === 7 && !simple.has(info))) {
      throw new Fault('malformed', 'CBOR of a type that is not used')
    }
    if (offset > bytes.length) throw new Fault('malformed', 'CBOR ends too early')
  }
}
