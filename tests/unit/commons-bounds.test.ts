import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { limits } from '../../core/api/limits.ts'
import type { Bytes } from '../../core/base/bytes.ts'
import type { CommunityId } from '../../core/base/ids.ts'
import { nowHours } from '../../core/boxes/hours.ts'
import { decodeHead, maxBody, signDocument } from '../../core/commons/document.ts'
import { Documents } from '../../core/commons/documents.ts'
import { headPlace, shardsOf } from '../../core/commons/places.ts'
import { epochOf } from '../../core/community/epoch.ts'
import { random } from '../../core/crypto/random.ts'
import { freshSigningKey, type SigningKey } from '../../core/crypto/sign.ts'
import { articleKey, encodeMeta, encodeText } from '../../core/library/content.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { Member } from '../support/member.ts'
import { PostOffice } from '../support/post-office.ts'
import { scratch, type Scratch } from '../support/scratch.ts'

/* What one who may sign, or a clock that is wrong, can cost everybody else. */

const year = 365 * 86_400_000
const words = { language: 'en', title: 'Our history', topics: [], text: 'The first feast.' }

let files: Scratch
let clock: ManualClock
let office: PostOffice
let founder: Member
let home: CommunityId
let reader: Member
let there: CommunityId
/** Whom the founder named an editor, and who should not have been. */
let hostile: SigningKey

const member = (name: string, time = clock): Member => new Member({ files, name, clock: time, client: () => office })

beforeEach(async () => {
  files = scratch()
  clock = new ManualClock()
  office = new PostOffice(clock)
  founder = member('founder')
  home = founder.found('Maple Heron').communityId
  reader = member('reader')
  there = reader.join(founder, home, 'Quiet River').communityId
  hostile = freshSigningKey()
  const { personas, charterEditing, charters } = founder
  charterEditing.addEditor(home, 'Ada', charterEditing.editorCode(personas.list(home)[0]?.id ?? never()))
  charters.edit(home, (charter) => ({
    ...charter,
    editors: [...charter.editors, { name: 'Mallory', personaKey: hostile.publicKey }],
  }))
  await tended(founder, home)
  await reader.commons.refresh(there)
})

afterEach(() => {
  vi.restoreAllMocks()
  office.close()
  files.remove()
})

function never(): never {
  throw new Error('There is no persona')
}

async function tended(who: Member, of: CommunityId): Promise<void> {
  for (let turns = 0; turns < 20; turns++) if (!(await who.commons.tend(of))) return
  throw new Error('There is always more to do')
}

function article(length: number): { readonly head: Bytes; readonly body: Bytes } {
  const id = random(16)
  const body = encodeText('x'.repeat(length))
  const meta = encodeMeta({ article: id, language: 'en', title: 'One of many', topics: [], withdrawn: false })
  const wish = { area: 'library', key: articleKey(id, 'en'), version: 1, at: 0, meta, body }
  return { head: signDocument(wish, hostile), body }
}

/** Puts a head where everybody looks for it, and its body nowhere. */
async function put(head: Bytes): Promise<void> {
  const epoch = epochOf(clock.now())
  const secret = reader.communities.secretAt(there, epoch)
  const [shard = 0] = shardsOf(decodeHead(head).key, reader.library)
  const capability = headPlace(secret, 'library', epoch, shard)
  const expiryHours = nowHours(clock) + 200
  await office.store(
    await office.prepare({ capability, author: freshSigningKey(), sequence: 1n, expiryHours, content: head }),
  )
}

const rows = (who: Member): number => who.database.all("SELECT number FROM documents WHERE area = 'library'").length

describe('a community’s documents', () => {
  it('of one signer take no more room than one may, however many they sign', async () => {
    for (let index = 0; index < limits.library.articles + 40; index++) await put(article(100).head)
    await reader.commons.tend(there)
    expect(rows(reader)).toBe(limits.library.articles)
    founder.library.publish(home, words)
    await tended(founder, home)
    await reader.commons.refresh(there)
    expect(reader.library.search(there, 'feast', 5)).toHaveLength(1)
  })

  it('whose bodies are nowhere are asked for in the end, and hold up nobody', async () => {
    for (let index = 0; index < limits.library.articles; index++) await put(article(maxBody).head)
    await reader.commons.refresh(there)
    founder.library.publish(home, { ...words, text: 'A long story. '.repeat(3_000) })
    await tended(founder, home)
    // one turn is enough for what was never asked for, as long as that is not more than one turn takes
    for (let turns = 0; turns < 3; turns++) await reader.commons.tend(there)
    expect(reader.library.list(there).articles.map(({ title }) => title)).toEqual([words.title])
    expect(await reader.commons.tend(there)).toBe(false)
  })

  it('are read from the vault only where they are stored or compared, and others have a turn meanwhile', async () => {
    const documents = new Documents(reader.database)
    const count = limits.library.articles
    reader.database.transaction(() => {
      for (let index = 0; index < count; index++) {
        const { head, body } = article(maxBody)
        documents.put(there, head, { body, mine: false, now: 0 })
      }
    })
    const read = vi.spyOn(Documents.prototype, 'body')
    let stored = office.asked.filter((asked) => asked === 'store').length
    expect(await reader.commons.tend(there)).toBe(true)
    stored = office.asked.filter((asked) => asked === 'store').length - stored
    expect(stored).toBeGreaterThan(0)
    // each part that was stored or looked for, in one epoch or two; the parts of all would be three times as many
    expect(read.mock.calls.length).toBeLessThanOrEqual(48)
    expect(read.mock.calls.length).toBeLessThan(count)
  })

  it('that were signed by a clock a year ahead, or behind, reach everybody and are kept', async () => {
    for (const [wrong, text] of [
      [year, 'Signed by a clock that is ahead.'],
      [-year, 'Signed by a clock that is behind.'],
    ] as const) {
      clock.advance(wrong)
      founder.library.publish(home, { ...words, title: text, text })
      await founder.commons.tend(home).catch(() => {})
      clock.advance(-wrong)
      await tended(founder, home)
      await tended(reader, there)
      expect(reader.library.search(there, text, 5)).toHaveLength(1)
      const epochs = founder.database.all<{ epoch: number }>('SELECT DISTINCT epoch FROM document_boxes')
      for (const { epoch } of epochs) expect(Math.abs(epoch - epochOf(clock.now()))).toBeLessThanOrEqual(2)
    }
    expect(founder.library.list(home).articles.every(({ out }) => out)).toBe(true)
  })
})
