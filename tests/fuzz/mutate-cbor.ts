import { decode } from 'cborg'
import type { Bytes } from '../../core/base/bytes.ts'
import { encodeCbor } from '../../core/base/cbor.ts'
import type { Chance } from './chance.ts'

type Fields = Record<string, unknown>

/** A canonical map with one or two of its fields changed, left out, added or repeated: canonical still. */
export function mutateCbor(input: Bytes, chance: Chance): Bytes {
  const value: unknown = decode(input)
  if (!isFields(value)) return encodeCbor(odd(value, chance))
  let fields = value
  for (let left = chance.between(1, 2); left > 0; left--) fields = changed(fields, chance)
  return encodeCbor(fields)
}

function changed(fields: Fields, chance: Chance): Fields {
  const names = ['v', ...Object.keys(fields)]
  const name = chance.pick(names)
  switch (chance.below(8)) {
    case 0: {
      const { [name]: _gone, ...rest } = fields
      return rest
    }
    case 1:
      return { ...fields, [chance.pick(['', 'vv', 'zz', '__proto__', 'constructor', String(chance.below(100))])]: 1 }
    case 2:
      return { ...fields, [name]: fields[chance.pick(names)] }
    default:
      return { ...fields, [name]: odd(fields[name], chance) }
  }
}

/** Something like `value` at the borders of what fits, or something of another kind. */
function odd(value: unknown, chance: Chance): unknown {
  if (chance.once(4)) return chance.pick([null, true, 0, -1, '', 'a', [], {}, new Uint8Array(0), 2n ** 64n - 1n])
  if (typeof value === 'number') {
    return chance.pick([value - 1, value + 1, -value, 0, 255, 65_536, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER])
  }
  if (typeof value === 'string') return oddText(value, chance)
  if (value instanceof Uint8Array) {
    if (chance.once(2) && value.length > 0) {
      const at = chance.below(value.length)
      return value.slice().fill((value[at] ?? 0) ^ (1 << chance.below(8)), at, at + 1)
    }
    return chance.pick([value.slice(1), new Uint8Array(value.length), new Uint8Array(value.length + 1)])
  }
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value
    const [first = 0] = items
    return chance.pick([
      [],
      [...items, first],
      [...items].toReversed(),
      items.slice(1),
      Array.from({ length: chance.pick([9, 64, 300]) }, () => first),
      items.map((item) => odd(item, chance)),
    ])
  }
  return [[[[[[[[[value]]]]]]]]]
}

function oddText(text: string, chance: Chance): string {
  const long = chance.pick(['a', '\u{1f9f6}', '\u0301', ' ']).repeat(chance.pick([1, 40, 41, 300, 3000]))
  return chance.pick([
    '',
    ` ${text}`,
    `${text} `,
    `${text}\u0000`,
    `${text}\u202e`,
    `${text}\n`,
    text + long,
    long,
    text.toUpperCase(),
    text.slice(1),
    'toString',
    '/ip4/127.0.0.1/tcp/1',
  ])
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
}
