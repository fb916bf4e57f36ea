import { afterEach, beforeEach, expect, it } from 'vitest'
import { hex } from '../../core/base/bytes.ts'
import type { OfferId } from '../../core/base/ids.ts'
import { words } from '../support/member.ts'
import { eventually } from '../support/eventually.ts'
import { Village } from '../support/village.ts'

let village: Village

beforeEach(async () => {
  village = new Village()
  await village.start()
})
afterEach(async () => {
  await village.end()
})

it('two authors whom one seeker wrote to hold no key in common, and see two weaves', async () => {
  const { mentor, seeker, persona } = village
  const titles = ['Finding work after a change of name', 'Sewing by hand']
  for (const title of titles) await village.publish({ ...words, title })
  for (const { id } of seeker.offers.browse({ communityId: village.communityId.seeker })) {
    await seeker.introductions.send({ personaId: persona.seeker, offerId: id as OfferId, text: 'Good evening.' })
  }
  await eventually(() => seeker.introductions.sent().every(({ state }) => state === 'waiting'))
  await village.check(mentor)
  const pending = mentor.introductions.pending()
  expect(pending.map(({ offerTitle }) => offerTitle)).toEqual(expect.arrayContaining(titles))
  expect(pending[0]?.from.weave).not.toEqual(pending[1]?.from.weave)
  const keys = mentor.database.all<{ sender_key: Uint8Array<ArrayBuffer>; root_a: Uint8Array<ArrayBuffer> }>(
    'SELECT sender_key, root_a FROM received_introductions',
  )
  expect(keys.length).toBe(2)
  expect(new Set(keys.flatMap(({ sender_key, root_a }) => [hex(sender_key), hex(root_a)])).size).toBe(4)
  // the boxes have different owners too
  expect(mentor.database.all('SELECT DISTINCT author FROM introduction_boxes').length).toBe(2)
})
