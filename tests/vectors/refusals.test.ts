import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fromHex, hex, type Bytes } from '../../core/base/bytes.ts'
import { isFault } from '../../core/base/fault.ts'
import { acceptBox, acceptTombstone, type AcceptanceOptions, type Verdict } from '../../core/boxes/acceptance.ts'
import { decodeAnswer, decodeRequest, encodeAnswer } from '../../core/boxes/messages.ts'
import { Rate } from '../../core/boxes/rate.ts'
import { refusals, refused } from '../../core/boxes/refusal.ts'
import { BoxStore } from '../../core/boxes/store.ts'
import { faultOf } from '../support/faults.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { refusalVectors } from './make-refusals.ts'

const text = z.string()
const frame = z.union([
  z.object({
    of: text,
    length: z.number(),
    patches: z.array(z.object({ offset: z.number(), bytes: text })),
  }),
  z.object({ bytes: text }),
])
const vectors = z
  .object({
    section: text,
    nowHours: z.number(),
    bases: z.record(text, text),
    cases: z.array(
      z.object({
        reason: text,
        name: text,
        node: z.object({ bits: z.number(), near: z.boolean(), bytes: z.number(), atOnce: z.number() }),
        before: z.array(frame),
        frame,
        answer: text,
      }),
    ),
    noRefusals: z.array(text),
  })
  .parse(JSON.parse(readFileSync(new URL('refusals.json', import.meta.url), 'utf8')))

function bytesOf(described: z.infer<typeof frame>): Bytes {
  if ('bytes' in described) return fromHex(described.bytes)
  const base = fromHex(vectors.bases[described.of] ?? '')
  const out = new Uint8Array(described.length)
  out.set(base.subarray(0, described.length))
  for (const { offset, bytes } of described.patches) out.set(fromHex(bytes), offset)
  return out
}

/** What a node answers, by its decoder and what it accepts. */
function answer(frame: Bytes, node: AcceptanceOptions): string {
  return hex(encodeAnswer(verdict(frame, node)))
}

function verdict(frame: Bytes, node: AcceptanceOptions): Verdict {
  try {
    const request = decodeRequest(frame)
    if (request.type === 'store') return acceptBox(request.box, node)
    if (request.type === 'delete') return acceptTombstone(request.tombstone, node)
    throw new Error('A request that is not refused')
  } catch (error) {
    if (isFault(error, 'malformed', 'unknown-version')) return refused(error.code)
    throw error
  }
}

describe('the vectors of refusals', () => {
  it('are what their script writes', () => expect(vectors).toEqual(refusalVectors()))

  it('have every reason of the closed list, and no other', () => {
    const reasons = new Set(vectors.cases.map(({ reason }) => reason))
    expect(reasons).toEqual(new Set(['done', ...Object.keys(refusals)]))
  })

  for (const { reason, name, node, before, frame, answer: expected } of vectors.cases) {
    it(`${reason}: ${name}`, () => {
      const clock = new ManualClock(vectors.nowHours * 3_600_000)
      const store = BoxStore.open(':memory:', node.bytes)
      const options: AcceptanceOptions = {
        store,
        clock,
        workBits: () => node.bits,
        isResponsible: () => node.near,
        rate: new Rate(clock, { burst: node.atOnce, perSecond: 1 }),
      }
      for (const each of before) expect(answer(bytesOf(each), options)).toBe('0120')
      const { count } = store
      expect(answer(bytesOf(frame), options)).toBe(expected)
      if (reason !== 'done') expect(store.count).toBe(count)
      store.close()
      const said = decodeAnswer(fromHex(expected))
      expect(said.type === 'refused' ? said.reason : said.type).toBe(reason)
    })
  }

  it.each(vectors.noRefusals)('a member does not take %s for a refusal', async (bytes) => {
    expect(await faultOf(() => decodeAnswer(fromHex(bytes)))).toBe('malformed')
  })
})
