import { concat, copy, u16, u32, u64, u8, type Bytes } from '../../core/base/bytes.ts'
import type { Chance } from './chance.ts'
import { mutateCbor } from './mutate-cbor.ts'
import type { Target } from './target.ts'

/** Longer than anything that a decoder should take in. */
const longest = 80 * 1024
const boundaries = [0n, 1n, 2n, 0x7fn, 0x80n, 0xffn, 0x7fffn, 0x8000n, 0xffffn, 0x7fff_ffffn, 0x8000_0000n]
const wideBoundaries = [
  ...boundaries,
  0xffff_ffffn,
  0x1_0000_0000n,
  2n ** 53n,
  2n ** 63n - 1n,
  2n ** 63n,
  2n ** 64n - 1n,
]

type Change = (input: Bytes, chance: Chance, corpus: readonly Bytes[]) => Bytes

/** Something that a sender with a mind of its own might send instead of an encoding from the corpus. */
export function mutate({ corpus, form, mend }: Pick<Target, 'corpus' | 'form' | 'mend'>, chance: Chance): Bytes {
  if (chance.once(32)) return chance.bytes(chance.below(chance.once(8) ? 5000 : 64))
  let input = copy(chance.pick(corpus))
  if (form === 'cbor' && !chance.once(3)) input = mutateCbor(input, chance)
  else {
    const sort = chance.once(2) ? inPlace : changes
    for (let left = chance.between(1, 4); left > 0; left--) {
      const change = input.length === 0 ? extend : chance.pick(sort)
      input = change(input, chance, corpus).slice(0, longest)
    }
  }
  return mend === undefined || chance.once(3) ? input : mend(input)
}

const flipBit: Change = (input, chance) => {
  const at = place(input, chance)
  return input.with(at, (input[at] ?? 0) ^ (1 << chance.below(8)))
}

const setByte: Change = (input, chance) =>
  input.with(place(input, chance), chance.pick([0, 1, 2, 0x7f, 0x80, 0xff, chance.below(256)]))

/** Lengths, counts and sequences at their borders, or one off what they were. */
const setInteger: Change = (input, chance) => {
  const width = chance.pick([1, 2, 4, 8] as const)
  if (input.length < width) return input
  const at = chance.below(input.length - width + 1)
  const field = input.subarray(at, at + width)
  const was = field.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
  const size = BigInt(input.length)
  const value = chance.pick([...wideBoundaries, was - 1n, was + 1n, was * 2n, size, size - 1n, size + 1n])
  return concat(input.subarray(0, at), integer(BigInt.asUintN(width * 8, value), width), input.subarray(at + width))
}

const truncate: Change = (input, chance) => input.slice(0, chance.below(input.length + 1))

const extend: Change = (input, chance) => {
  const length = chance.once(16) ? chance.below(longest) : chance.between(1, 64)
  return concat(input, chance.once(3) ? chance.bytes(length) : new Uint8Array(length).fill(chance.pick([0, 0xff])))
}

const cutOut: Change = (input, chance) => {
  const [from, to] = range(input, chance)
  return concat(input.subarray(0, from), input.subarray(to))
}

const repeat: Change = (input, chance) => {
  const [from, to] = range(input, chance)
  const times = chance.once(8) ? chance.between(2, 100) : 2
  const section = input.subarray(from, to)
  const copies = Math.min(times, Math.ceil(longest / Math.max(1, section.length)))
  return concat(input.subarray(0, from), ...Array.from({ length: copies }, () => section), input.subarray(to))
}

const splice: Change = (input, chance, corpus) => {
  const other = chance.pick(corpus)
  return concat(input.subarray(0, chance.below(input.length + 1)), other.subarray(chance.below(other.length + 1)))
}

/** The same offset of another encoding: a field of one message in another. */
const transplant: Change = (input, chance, corpus) => {
  const other = chance.pick(corpus)
  const [from, to] = range(input, chance)
  return concat(input.subarray(0, from), other.subarray(from, to), input.subarray(to))
}

const swap: Change = (input, chance) => {
  const [from, to] = range(input, chance)
  const middle = from + chance.below(to - from + 1)
  return concat(input.subarray(0, from), input.subarray(middle, to), input.subarray(from, middle), input.subarray(to))
}

const overwrite: Change = (input, chance) => {
  const [from, to] = range(input, chance)
  return concat(input.subarray(0, from), chance.bytes(to - from), input.subarray(to))
}

const fill: Change = (input, chance) => {
  const [from, to] = range(input, chance)
  return concat(input.subarray(0, from), new Uint8Array(to - from).fill(chance.pick([0, 0xff])), input.subarray(to))
}

/** The length stays: most formats look at it first, and at nothing else where it is off. */
const inPlace: readonly Change[] = [flipBit, flipBit, setByte, setInteger, setInteger, overwrite, fill, swap]

const changes: readonly Change[] = [...inPlace, truncate, extend, cutOut, repeat, splice, transplant]

/** Formats begin with what matters most: half of the time, one of the first bytes. */
function place(input: Bytes, chance: Chance): number {
  return chance.below(chance.once(2) ? Math.min(input.length, 16) : input.length)
}

function range(input: Bytes, chance: Chance): [number, number] {
  const from = place(input, chance)
  const most = input.length - from
  return [from, from + chance.below((chance.once(2) ? Math.min(most, 40) : most) + 1)]
}

function integer(value: bigint, width: 1 | 2 | 4 | 8): Bytes {
  if (width === 8) return u64(value)
  return { 1: u8, 2: u16, 4: u32 }[width](Number(value))
}
