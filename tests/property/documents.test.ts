import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Bytes } from '../../core/base/bytes.ts'
import type { CommunityId } from '../../core/base/ids.ts'
import {
  decodeHead,
  digestOf,
  isBody,
  maxHead,
  requireSigned,
  signDocument,
  splitBody,
} from '../../core/commons/document.ts'
import { Documents, outranks } from '../../core/commons/documents.ts'
import { schema as commonsSchema } from '../../core/commons/schema.ts'
import { schema as communitySchema } from '../../core/community/schema.ts'
import { Database } from '../../core/database/database.ts'
import { migrate } from '../../core/database/migrations.ts'
import { bytesFor, keyFor } from '../support/charter-samples.ts'

const communityId = 'c'.repeat(32) as CommunityId
const signers = [keyFor('one'), keyFor('two')]

const wish = fc.record({
  area: fc.constant('charter'),
  key: fc.constantFrom(bytesFor('k').slice(0, 16), bytesFor('l').slice(0, 16)),
  version: fc.integer({ min: 1, max: 3 }),
  at: fc.nat(),
  meta: fc.uint8Array({ maxLength: 40 }).map((bytes): Bytes => new Uint8Array(bytes)),
  body: fc
    .oneof(fc.nat(60), fc.integer({ min: 3500, max: 4100 }), fc.constantFrom(15_999, 16_000, 16_001, 32_000, 48_000))
    .chain((length) => fc.nat(255).map((byte): Bytes => new Uint8Array(length).fill(byte))),
})

describe('documents', () => {
  it('are read as they were signed, and nothing of them can be changed', () => {
    fc.assert(
      fc.property(wish, fc.nat(), fc.integer({ min: 1, max: 255 }), (said, where, flip) => {
        const head = signDocument(said, keyFor('one'))
        expect(head.length).toBeLessThanOrEqual(maxHead)
        const document = decodeHead(head)
        requireSigned(head)
        expect(document).toMatchObject({
          area: said.area,
          version: said.version,
          at: said.at,
          bodyLength: said.body.length,
        })
        expect(isBody(document, said.body)).toBe(true)
        if (document.inline !== undefined) expect(document.inline).toEqual(said.body)
        expect(splitBody(said.body)).toHaveLength(document.parts.length)
        const at = where % head.length
        const changed = head.with(at, (head[at] ?? 0) ^ flip)
        expect(() => {
          decodeHead(changed)
          requireSigned(changed)
        }).toThrow()
        if (said.body.length > 0) expect(isBody(document, said.body.with(0, (said.body[0] ?? 0) ^ flip))).toBe(false)
      }),
      { numRuns: 150 },
    )
  })

  /** What a device ends with that was given these, one after the other; a body comes at once, later or with the next one. */
  function endsWith(given: readonly { head: Bytes; body: Bytes; late: boolean }[]): unknown {
    const database = Database.open(':memory:')
    try {
      migrate(database, [...communitySchema, ...commonsSchema])
      database.run(
        `INSERT INTO communities (id, name, network_key, secret, secret_epoch, drop_below, drop_seen_at, joined_at)
         VALUES (?, 'Weavers', x'00', x'00', 0, 0, 0, 0)`,
        [communityId],
      )
      const documents = new Documents(database)
      const bodies = new Map<string, Bytes>()
      for (const { head, body, late } of given) {
        bodies.set(Buffer.from(digestOf(head)).toString('hex'), body)
        documents.put(communityId, head, { body: late ? undefined : body, mine: false, now: 0 })
        const whole = documents.whole(communityId, 'charter')
        for (const held of whole) expect(isBody(held.document, documents.body(held.number))).toBe(true)
      }
      for (const held of documents.waiting(communityId, 'charter')) {
        documents.complete(held, bodies.get(Buffer.from(held.digest).toString('hex')) ?? new Uint8Array(0))
      }
      return documents
        .whole(communityId, 'charter')
        .map(({ head, number }) => `${Buffer.from(head).toString('hex')} ${documents.body(number).length}`)
        .toSorted()
    } finally {
      database.close()
    }
  }

  it('end the same on every device, in whatever order they come', () => {
    const given = fc.array(fc.record({ wish, signer: fc.constantFrom(...signers), late: fc.boolean() }), {
      maxLength: 10,
    })
    fc.assert(
      fc.property(
        given.chain((all) => {
          const signed = all.map(({ wish: said, signer, late }) => ({
            head: signDocument(said, signer),
            body: said.body,
            late,
          }))
          return fc.tuple(
            fc.constant(signed),
            fc.shuffledSubarray(signed, { minLength: signed.length }),
            fc.shuffledSubarray(signed, { minLength: signed.length }),
          )
        }),
        ([all, one, other]) => {
          const first = endsWith(one)
          expect(endsWith(other)).toEqual(first)
          // the brute-force twin: of each key and signer the one that nothing outranks
          const best = new Map<string, Bytes>()
          for (const { head } of all) {
            const { key, signer, version } = decodeHead(head)
            const name = `${Buffer.from(key).toString('hex')} ${Buffer.from(signer).toString('hex')}`
            const held = best.get(name)
            const before =
              held === undefined ? undefined : { version: decodeHead(held).version, digest: digestOf(held) }
            if (before === undefined || outranks({ version, digest: digestOf(head) }, before)) best.set(name, head)
          }
          const expected = [...best.values()].map(
            (head) => `${Buffer.from(head).toString('hex')} ${decodeHead(head).bodyLength}`,
          )
          expect(first).toEqual(expected.toSorted())
        },
      ),
      { numRuns: 60 },
    )
  })
})
