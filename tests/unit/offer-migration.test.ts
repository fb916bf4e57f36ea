import { afterEach, beforeEach, expect, it } from 'vitest'
import { unsaid } from '../../core/api/blank-offer.ts'
import type { CommunityId, OfferId } from '../../core/base/ids.ts'
import { migrate, type Migration } from '../../core/database/migrations.ts'
import { readFacts } from '../../core/matching/facts.ts'
import { searchOffers } from '../../core/matching/search.ts'
import { EditionBoxes } from '../../core/offers/edition-boxes.ts'
import { OwnOffers } from '../../core/offers/own-offers.ts'
import { SeenOffers } from '../../core/offers/seen-offers.ts'
import { Ratchet } from '../../core/ratchet/ratchet.ts'
import { topicSpace } from '../../core/topics/own.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { migrations } from '../../core/session/migrations.ts'
import { scratch, type Scratch } from '../support/scratch.ts'

/* A vault that was written when offers said less. */

let files: Scratch
beforeEach(() => {
  files = scratch()
})
afterEach(() => files.remove())

const later = new Set(['offers/3', 'matching/2'])
const before: readonly Migration[] = migrations.filter(({ name }) => !later.has(name))
const words = { kind: 'offer', topics: ['music'], title: 'Kites', text: 'Of paper.', languages: ['en'], level: 'any' }
const draft = JSON.stringify({ ...words, formats: ['text'] })
const id = '1'.repeat(32) as OfferId
const communityId = '2'.repeat(32) as CommunityId
const bytes = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(length).fill(7)

it('has the same offers afterwards, which say nothing of what could not be said, and are published again', () => {
  const clock = new ManualClock()
  const database = files.database('old', before)
  const identity = new Ratchet(database, clock).createIdentity('p', 'offer')
  database.run(`INSERT INTO own_offers VALUES (?, ?, 'p', ?, ?, ?, 1, 2, 'published', NULL)`, [
    id,
    communityId,
    draft,
    bytes(32),
    identity,
  ])
  database.run('INSERT INTO offer_editions VALUES (?, 5, ?, ?, ?, ?, 6, 7)', [
    id,
    bytes(1774),
    bytes(32),
    bytes(32),
    bytes(32),
  ])
  for (const [topic, box] of [
    ['all', bytes(9)],
    ['music', null],
  ] as const)
    database.run(
      `INSERT INTO offer_boxes (offer_id, epoch, topic, place, sequence, box, stored, refusals, due_at, board_group)
       VALUES (?, 5, ?, ?, 3, ?, 1, 1, 8, 1)`,
      [id, topic, bytes(32), box],
    )
  database.run(`INSERT INTO offer_boxes_left VALUES (?, 5, 'all', 0, ?, 2)`, [id, bytes(32)])
  const expiresAt = clock.now() + 1000
  database.run(
    `INSERT INTO seen_offers (id, community_id, persona_key, identity_key, pseudonym, kind, draft, bundle, address, epoch,
       first_seen_at, expires_at, missed, introduced, signature, box_author)
     VALUES (?, ?, ?, ?, 'Quiet Heron', 'offer', ?, ?, ?, 5, 1, ?, 0, 1, ?, ?)`,
    [id, communityId, bytes(32), bytes(33), draft, bytes(1774), bytes(96), expiresAt, bytes(64), bytes(32)],
  )

  migrate(database, migrations)

  const said = { ...words, formats: ['text'], ...unsaid }
  expect(new OwnOffers(database).get(id)).toMatchObject({ draft: said, state: 'publishing', revision: 0, expiresAt: 2 })
  const boxes = new EditionBoxes(database, clock)
  expect(boxes.of(id)).toMatchObject([
    { topic: 'all', sequence: 4, box: null, stored: false, group: 1 },
    { topic: 'music', sequence: 3, box: null, stored: false, group: 1 },
  ])
  expect(boxes.left(id)).toMatchObject([{ topic: 'all', group: 0, sequence: 2, bury: false }])
  expect(database.all('PRAGMA foreign_key_check')).toEqual([])
  database.run('DELETE FROM own_offers')
  for (const table of ['offer_editions', 'offer_boxes', 'offer_boxes_left'])
    expect(database.all(`SELECT * FROM ${table}`), table).toEqual([])

  const seen = new SeenOffers(database)
  expect(seen.get(id)).toMatchObject({ draft: said, introduced: true, vouches: [] })
  // what was signed were other words
  expect(seen.answered(communityId, bytes(32))).toEqual([])
  const facts = { id, tags: [], inReturn: [], availability: 0, topics: ['music'] }
  expect(readFacts(database, communityId, clock.now())).toMatchObject([facts])
  const context = { now: clock.now(), topics: topicSpace([]) }
  expect(searchOffers(database, { communityId, text: 'kites', limit: 5 }, context)).toEqual([id])
  database.run('DELETE FROM seen_offers')
  database.exec(`INSERT INTO offer_words (offer_words) VALUES ('integrity-check')`)
  expect(searchOffers(database, { communityId, text: 'kites', limit: 5 }, context)).toEqual([])
})
