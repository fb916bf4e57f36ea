import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { limits } from '../../core/api/limits.ts'
import type { CommunityId, PersonaId } from '../../core/base/ids.ts'
import { fromHex } from '../../core/base/bytes.ts'
import { nowHours } from '../../core/boxes/hours.ts'
import { signDocument } from '../../core/commons/document.ts'
import { headPlace } from '../../core/commons/places.ts'
import { epochOf } from '../../core/community/epoch.ts'
import { freshSigningKey } from '../../core/crypto/sign.ts'
import { articleKey, encodeMeta, encodeText } from '../../core/library/content.ts'
import { bytesFor } from '../support/charter-samples.ts'
import { faultOf } from '../support/faults.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { Member } from '../support/member.ts'
import { PostOffice } from '../support/post-office.ts'
import { scratch, type Scratch } from '../support/scratch.ts'

const day = 86_400_000
/** As long as an article may be: three boxes of text. */
const long = `# Long\n\n${'Storia e memoria, pagina dopo pagina. '.repeat(2000)}`.slice(0, limits.library.text)
const words = {
  language: 'it',
  title: 'La nostra storia',
  topics: ['queer-history'],
  text: '# Anni\n\nLa *prima* festa.',
}

let files: Scratch
let clock: ManualClock
let office: PostOffice
let founder: Member
let editor: Member
let reader: Member
let home: CommunityId
let desk: CommunityId
let there: CommunityId
let editorPersona: PersonaId

beforeEach(async () => {
  files = scratch()
  clock = new ManualClock()
  office = new PostOffice(clock)
  founder = member('founder')
  editor = member('editor')
  reader = member('reader')
  home = founder.found('Maple Heron').communityId
  const writes = editor.join(founder, home, 'Quiet River')
  desk = writes.communityId
  editorPersona = writes.personaId
  there = reader.join(founder, home, 'Late Willow').communityId
  founder.charterEditing.addEditor(home, 'Rosa', editor.charterEditing.editorCode(writes.personaId))
  await tended(founder, home)
  await editor.commons.refresh(desk)
})
afterEach(() => {
  office.close()
  files.remove()
})

function member(name: string): Member {
  return new Member({ files, name, clock, client: () => office })
}

async function tended(who: Member, of: CommunityId): Promise<void> {
  for (let turns = 0; turns < 20; turns++) if (!(await who.commons.tend(of))) return
  throw new Error('There is always more to do')
}

/** What a member sees, without what only its editor is told. */
const shown = (who: Member, of: CommunityId) =>
  who.library.list(of).articles.map(({ title, language, version, signedBy }) => ({
    title,
    language,
    version,
    by: signedBy.name,
  }))

describe('the library', () => {
  it('carries an article, short or long, to who reads, who can then read it offline', async () => {
    const short = editor.library.publish(desk, words)
    expect(short).toMatchObject({ version: 1, signedBy: { name: 'Rosa', guardian: false, mine: true }, out: false })
    const full = editor.library.publish(desk, { ...words, language: 'en', title: 'All of it', text: long })
    await tended(editor, desk)
    expect(editor.library.read(desk, short.articleId, 'it').out).toBe(true)
    await reader.commons.refresh(there)
    office.open = false
    expect(reader.library.read(there, short.articleId, 'it')).toMatchObject({
      title: 'La nostra storia',
      text: words.text,
      topics: ['queer-history'],
      signedBy: { name: 'Rosa', mine: false },
    })
    expect(reader.library.read(there, full.articleId, 'en').text).toBe(long.trim())
    expect(reader.events).toContainEqual({ type: 'library', communityId: there })
    expect(await faultOf(() => reader.library.read(there, full.articleId, 'it'))).toBe('not-found')
  })

  it('has one article in several languages, each with versions of its own', async () => {
    const { articleId } = editor.library.publish(desk, words)
    editor.library.publish(desk, { ...words, articleId, language: 'en', title: 'Our history' })
    editor.library.publish(desk, { ...words, articleId, title: 'La nostra storia, rivista' })
    await tended(editor, desk)
    await reader.commons.refresh(there)
    expect(shown(reader, there)).toEqual([
      { title: 'La nostra storia, rivista', language: 'it', version: 2, by: 'Rosa' },
      { title: 'Our history', language: 'en', version: 1, by: 'Rosa' },
    ])
    expect(new Set(reader.library.list(there).articles.map((article) => article.articleId))).toEqual(
      new Set([articleId]),
    )
  })

  it('is written by editors and guardians alone', async () => {
    expect(editor.library.list(desk).signsAs).toBe('Rosa')
    expect(reader.library.list(there).signsAs).toBeNull()
    expect(await faultOf(() => reader.library.publish(there, words))).toBe('wrong-state')
    // a guardian may, once the charter that names them is there
    founder.charterEditing.addGuardian(home, 'Ada', reader.charters.guardianCode(there))
    await tended(founder, home)
    await reader.commons.refresh(there)
    expect(reader.library.list(there).signsAs).toBe('Ada')
    reader.library.publish(there, words)
    await tended(reader, there)
    await editor.commons.refresh(desk)
    expect(shown(editor, desk)).toEqual([{ title: words.title, language: 'it', version: 1, by: 'Ada' }])
    expect(editor.library.list(desk).articles[0]?.signedBy.guardian).toBe(true)
  })

  it('loses what an editor signed who is none any more, and shows what it stood in front of', async () => {
    founder.charterEditing.addGuardian(home, 'Ada', founder.charters.guardianCode(home))
    const { articleId } = founder.library.publish(home, words)
    await tended(founder, home)
    await editor.commons.refresh(desk)
    editor.library.publish(desk, { ...words, articleId, title: 'Worse' })
    editor.library.publish(desk, { ...words, title: 'Another' })
    await tended(editor, desk)
    await reader.commons.refresh(there)
    expect(shown(reader, there).map(({ title, by }) => [title, by])).toEqual([
      ['Another', 'Rosa'],
      ['Worse', 'Rosa'],
    ])
    const [rosa] = founder.charterEditing.view(home).editors
    founder.charterEditing.removeEditor(home, rosa?.key ?? '')
    await tended(founder, home)
    for (const [who, of] of [
      [reader, there],
      [editor, desk],
    ] as const) {
      await who.commons.refresh(of)
      await who.commons.refresh(of)
      expect(shown(who, of)).toEqual([{ title: words.title, language: 'it', version: 1, by: 'Ada' }])
    }
    expect(reader.library.search(there, 'festa', 10)).toHaveLength(1)
    expect(await faultOf(() => editor.library.publish(desk, words))).toBe('wrong-state')
  })

  it('takes off what is withdrawn, for those too who see an old copy later', async () => {
    const { articleId } = editor.library.publish(desk, words)
    await tended(editor, desk)
    await tended(reader, there)
    editor.library.withdraw(desk, articleId, 'it')
    expect(editor.library.list(desk).articles).toEqual([])
    expect(await faultOf(() => editor.library.withdraw(desk, articleId, 'it'))).toBe('not-found')
    await tended(editor, desk)
    await tended(reader, there)
    expect(reader.library.list(there).articles).toEqual([])
    expect(reader.library.search(there, 'festa', 10)).toEqual([])
    const newcomer = member('newcomer')
    const joined = newcomer.join(reader, there, 'Early Fox').communityId
    await newcomer.commons.refresh(joined)
    expect(newcomer.library.list(joined).articles).toEqual([])
  })

  it('outlives the absence of its authors, by whoever reads it', async () => {
    const { articleId } = editor.library.publish(desk, { ...words, text: long })
    await tended(editor, desk)
    for (let weeks = 0; weeks < 8; weeks++) {
      await tended(reader, there)
      clock.advance(5 * day)
    }
    await tended(reader, there)
    const newcomer = member('newcomer')
    const joined = newcomer.join(reader, there, 'Early Fox').communityId
    await newcomer.commons.refresh(joined)
    expect(newcomer.library.read(joined, articleId, 'it').text).toBe(long.trim())
  })

  it('comes in parts where it is large, and nobody waits for all of it', async () => {
    const text = 'x'.repeat(5000)
    for (let i = 0; i < 14; i++) editor.library.publish(desk, { ...words, title: `Page ${i}`, text: `${text}${i}` })
    await tended(editor, desk)
    await reader.commons.refresh(there)
    expect(reader.library.list(there).articles).toHaveLength(12)
    await reader.commons.refresh(there)
    expect(reader.library.list(there).articles).toHaveLength(14)
  })

  it('finds by all words, without accents, in titles first, and in no other community', async () => {
    editor.library.publish(desk, { ...words, title: 'Diritti', text: 'Perché la **festa** conta.' })
    const party = editor.library.publish(desk, { ...words, title: 'La festa', text: 'Balli e musica.' })
    const found = (text: string) => editor.library.search(desk, text, 10).map(({ article }) => article.title)
    expect(found('festa')).toEqual(['La festa', 'Diritti'])
    expect(found('perche')).toEqual(['Diritti'])
    expect(found('mus')).toEqual(['La festa'])
    expect(found('festa musica')).toEqual(['La festa'])
    expect(found('" OR title:*')).toEqual([])
    expect(found('…')).toEqual([])
    expect(editor.library.search(desk, 'festa', 10)[1]?.excerpt).toBe('Perché la festa conta.')
    editor.library.publish(desk, { ...words, articleId: party.articleId, title: 'Il ballo', text: 'Senza.' })
    expect(found('musica')).toEqual([])
    const other = editor.found('Other Name').communityId
    expect(editor.library.search(other, 'festa', 10)).toEqual([])
  })

  it('is found at once however often it has a word, and shows where', async () => {
    editor.library.publish(desk, { ...words, title: 'Flood', text: 'a '.repeat(24_000) })
    const deep = `${'Once upon a time. '.repeat(200)}There was a lantern${' and so it went on'.repeat(200)}`
    editor.library.publish(desk, { ...words, title: 'Deep', text: deep })
    const from = performance.now()
    expect(editor.library.search(desk, 'a', 10)).toHaveLength(2)
    expect(performance.now() - from).toBeLessThan(2_000)
    const [found] = editor.library.search(desk, 'lantern', 10)
    expect(found?.excerpt).toMatch(/^…\S.* There was a lantern and so it .*…$/u)
    expect(found?.excerpt.length).toBeLessThan(220)
  })

  it.each(['', '。'])(
    'shows where a word is in a script without spaces, and halves no character (after “%s”)',
    (odd) => {
      const text = `${'昔々あるところに。'.repeat(40)}灯台守が歌った。${odd}${'😀'.repeat(200)}`
      editor.library.publish(desk, { ...words, language: 'ja', title: '物語', text })
      const [found] = editor.library.search(desk, '灯台', 10)
      expect(found?.excerpt).toContain(`灯台守が歌った。${odd}😀`)
      expect(found?.excerpt.isWellFormed()).toBe(true)
    },
  )

  it('refuses what cannot be shown as it is written, and what is too long', async () => {
    for (const wrong of [
      { ...words, title: 'a\u202eb' },
      { ...words, title: 'a\u200bb' },
      { ...words, text: 'a\u0000b' },
      { ...words, text: '\ud800' },
      { ...words, text: '' },
    ]) {
      expect(await faultOf(() => editor.library.publish(desk, wrong))).toBe('bad-input')
    }
    expect(await faultOf(() => editor.library.publish(desk, { ...words, text: 'x'.repeat(48_001) }))).toBe('too-large')
    expect(await faultOf(() => editor.library.publish(desk, { ...words, articleId: 'f'.repeat(32) }))).toBe('not-found')
    expect(editor.library.list(desk).articles).toEqual([])
  })

  it.each([4_294_967_295, 4_294_967_294, 5_000_000])(
    'goes on once an editor is none any more who signed the number %i',
    async (version) => {
      const eve = freshSigningKey()
      const { articleId } = editor.library.publish(desk, words)
      const editors = founder.charters.get(home).editors
      const appoint = async (more: typeof editors): Promise<void> => {
        founder.charters.edit(home, (charter) => ({ ...charter, editors: [...editors, ...more] }))
        await tended(founder, home)
        await editor.commons.refresh(desk)
      }
      await appoint([{ name: 'Eve', personaKey: eve.publicKey }])
      const article = fromHex(articleId)
      const meta = encodeMeta({ article, language: 'it', title: 'Bugia', topics: [], withdrawn: false })
      const key = articleKey(article, 'it')
      const head = signDocument({ area: 'library', key, version, at: 0, meta, body: encodeText('x') }, eve)
      const epoch = epochOf(clock.now())
      for (let shard = 0; shard < 16; shard++) {
        const capability = headPlace(founder.communities.secretAt(home, epoch), 'library', epoch, shard)
        const draft = { capability, author: freshSigningKey(), sequence: 1n, content: head }
        await office.store(await office.prepare({ ...draft, expiryHours: nowHours(clock) + 100 }))
      }
      await editor.commons.refresh(desk)
      const titles = () => editor.library.list(desk).articles.map(({ title }) => title)
      expect(titles()).toEqual(['Bugia'])
      // no number of hers is gone on from: it would be the last
      expect(await faultOf(() => editor.library.publish(desk, { ...words, articleId }))).toBe('wrong-state')
      await appoint([])
      expect(titles()).toEqual([words.title])
      editor.library.publish(desk, { ...words, articleId, title: 'Di nuovo' })
      expect(titles()).toEqual(['Di nuovo'])
      editor.library.withdraw(desk, articleId, 'it')
      expect(titles()).toEqual([])
    },
  )

  it('shows nothing of what a stranger, or an editor who lies, put there', async () => {
    const { key } = editor.personas.get(editorPersona)
    const article = bytesFor('article').slice(0, 16)
    const meta = encodeMeta({ article, language: 'it', title: 'Bugia', topics: [], withdrawn: false })
    const said = { area: 'library', key: articleKey(article, 'it'), version: 1, at: 0, meta, body: encodeText('x') }
    const epoch = epochOf(clock.now())
    const secret = founder.communities.secretAt(home, epoch)
    const heads = [
      signDocument(said, freshSigningKey()),
      // a key of another article, no meta, a text that is none, and a withdrawal that has a text
      signDocument({ ...said, key: bytesFor('another').slice(0, 16) }, key),
      signDocument({ ...said, meta: bytesFor('nonsense') }, key),
      signDocument({ ...said, version: 2, body: Uint8Array.of(0xff, 0xfe) }, key),
      signDocument({ ...said, version: 3, body: new Uint8Array(0) }, key),
    ]
    for (let shard = 0; shard < 16; shard++) {
      for (const content of heads) {
        const capability = headPlace(secret, 'library', epoch, shard)
        const draft = {
          capability,
          author: freshSigningKey(),
          sequence: 1n,
          expiryHours: nowHours(clock) + 99,
          content,
        }
        await office.store(await office.prepare(draft))
      }
    }
    await reader.commons.refresh(there)
    expect(reader.library.list(there).articles).toEqual([])
  })

  it('shows what deceives without what deceives', async () => {
    const { articleId } = editor.library.publish(desk, { ...words, text: 'safe\u202etxet' })
    expect(editor.library.read(desk, articleId, 'it').text).toBe('safetxet')
  })
})
