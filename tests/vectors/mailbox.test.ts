import { describe, expect, it } from 'vitest'
import { fromHex, hex } from '../../core/base/bytes.ts'
import {
  advance,
  mailboxAt,
  pairKeys,
  presenceAt,
  type Direction,
  type PairBox,
} from '../../core/conversations/chain.ts'
import vectors from './mailbox.json' with { type: 'json' }

const seen = ({ capability, authorSeed, authorPublic }: PairBox) => ({
  writePublic: hex(capability.writePublic),
  readPublic: hex(capability.readPublic),
  bodyKey: hex(capability.bodyKey),
  place: hex(capability.place),
  authorSeed: hex(authorSeed),
  authorPublic: hex(authorPublic),
})

describe.each(vectors.conversations)('conversation keys from root $root', ({ root, directions, ...expected }) => {
  const keys = pairKeys(fromHex(root))

  it('gives the channel key and the presence key', () => {
    expect(hex(keys.channel)).toBe(expected.channelKey)
    expect(hex(keys.presence)).toBe(expected.presenceKey)
  })

  it.each(directions)(
    'gives the mailbox and the presence of direction $direction',
    ({ direction, mailbox, presence }) => {
      const chain = keys.chains[direction as Direction]
      for (const { index, chainKey, ...box } of mailbox) {
        expect(hex(advance(chain, index))).toBe(chainKey)
        expect(seen(mailboxAt(advance(chain, index)))).toEqual(box)
      }
      for (const { day, ...box } of presence) {
        expect(seen(presenceAt(keys.presence, direction as Direction, day))).toEqual(box)
      }
    },
  )
})

it('refuses a root of another length', () => {
  expect(() => pairKeys(new Uint8Array(63))).toThrow(RangeError)
})
