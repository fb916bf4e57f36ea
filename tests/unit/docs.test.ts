import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { offerDuration, offerFormat, offerKind, offerLevel } from '../../core/api/offers.ts'
import { encodeAnswer, encodeRequest } from '../../core/boxes/messages.ts'
import { refusals } from '../../core/boxes/refusal.ts'
import { topics } from '../../core/topics/taxonomy.ts'
import { encodeFrame, frameLengths, type Frame } from '../../core/conversations/channel/frames.ts'
import { plaintextLengths } from '../../core/conversations/plaintext.ts'
import { chunkFrameLength, controlLength, encodeControl, type ControlFrame } from '../../core/files/transfer/frames.ts'
import { boxProtocol, fileProtocol, lookupProtocol } from '../../core/network/protocols.ts'
import { channelProtocol } from '../../core/conversations/channel/switchboard.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const protocol = read('docs/PROTOCOL.md')
const threats = read('docs/THREAT-MODEL.md')

function sources(...folders: string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name)),
  )
}

/** Rows of tables whose first cells are these, in any spacing. */
function hasRow(document: string, ...cells: string[]): boolean {
  return document.split('\n').some((line) => {
    const found = line.split('|').map((cell) => cell.trim())
    return cells.every((cell, index) => found[index + 1] === cell)
  })
}

describe('PROTOCOL.md', () => {
  const headings = new Set(protocol.split('\n').flatMap((line) => /^#+ (.+)$/.exec(line)?.[1] ?? []))

  it('has every section that the sources name', () => {
    const named = sources('core', 'main', 'tests/vectors').flatMap((path) => {
      // a reference may go over the end of a comment's line
      const text = read(path).replaceAll(/\n\s*(?:\*|\/\/)\s?/g, ' ')
      return [...text.matchAll(/PROTOCOL\.md,?\s+sections?\s+((?:"[^"]+"(?:,\s+|\s+and\s+)?)+)/g)].flatMap(([, list]) =>
        [...(list ?? '').matchAll(/"([^"]+)"/g)].map(([, section]) => ({ path, section })),
      )
    })
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter(({ section }) => section === undefined || !headings.has(section))).toEqual([])
  })

  it('is named by its sections, and by nothing vaguer', () => {
    const vague = sources('core', 'main').filter((path) =>
      /PROTOCOL\.md(?!,?\s+sections?\s+"|")/.test(read(path).replaceAll(/\n\s*(?:\*|\/\/)\s?/g, ' ')),
    )
    expect(vague).toEqual([])
  })

  it('has the section that each file of vectors names', () => {
    const files = readdirSync(join(root, 'tests/vectors')).filter((name) => name.endsWith('.json'))
    expect(files.length).toBeGreaterThan(3)
    for (const name of files) {
      expect(protocol, name).toContain(`\`${name}\``)
      const { section } = JSON.parse(read(`tests/vectors/${name}`)) as { section?: string }
      if (section !== undefined) expect([...headings], name).toContain(section)
    }
  })

  it('has links to its own sections only where they are', () => {
    const anchors = new Set(
      [...headings].map((heading) =>
        heading
          .toLowerCase()
          .replaceAll(/[^a-z0-9 -]/g, '')
          .replaceAll(' ', '-'),
      ),
    )
    const links = [...protocol.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor)
    expect(links.length).toBeGreaterThan(10)
    expect(links.filter((anchor) => anchor === undefined || !anchors.has(anchor))).toEqual([])
  })

  it('has a row for every label of the sources, and no other', () => {
    const used = new Set(
      sources('core').flatMap((path) =>
        [...read(path).matchAll(/utf8\('(staffetta\/[^']+)'\)|'(staffetta\/[^']+\/1)'/g)].map(([, a, b]) => a ?? b),
      ),
    )
    const listed = [...protocol.matchAll(/^\| `(staffetta\/[^`]+)`/gm)].map(([, label]) => label)
    expect(used.size).toBeGreaterThan(25)
    expect(new Set(listed)).toEqual(used)
    expect(listed.length).toBe(used.size)
    // one that is written otherwise would not be found above
    const literals = sources('core').flatMap((path) =>
      [...read(path).matchAll(/["'`](staffetta\/[^"'`]*)["'`]/g)].map(([, text]) => text),
    )
    for (const literal of literals) expect(protocol).toContain(literal)
  })

  it('uses no label twice', () => {
    const places = sources('core').flatMap((path) =>
      [...read(path).matchAll(/'(staffetta\/[^']+\/1)'/g)].map(([, label]) => label),
    )
    expect(places.filter((label, index) => places.indexOf(label) !== index)).toEqual([])
  })

  it('has the names of all protocols', () => {
    for (const name of [boxProtocol, lookupProtocol, channelProtocol, fileProtocol])
      expect(hasRow(protocol, `\`${name}\``), name).toBe(true)
  })

  it('has every refusal of the box protocol, with its code', () => {
    for (const [reason, code] of Object.entries(refusals)) {
      expect(hasRow(protocol, String(code), `\`${reason}\``), reason).toBe(true)
    }
  })

  it('has every frame of the box protocol, with its type', () => {
    const none = new Uint8Array(0)
    const frames = [
      encodeAnswer({ type: 'hello', nonce: none, workBits: 0 }),
      encodeRequest({ type: 'store', box: none }),
      encodeRequest({ type: 'fetch', places: [] }),
      encodeRequest({ type: 'get', names: [] }),
      encodeRequest({ type: 'delete', tombstone: none }),
      encodeAnswer({ type: 'done' }),
      encodeAnswer({ type: 'refused', reason: 'quota', detail: 0 }),
      encodeAnswer({ type: 'digests', more: false, places: [] }),
      encodeAnswer({ type: 'record', record: undefined }),
      encodeRequest({ type: 'have', held: [] }),
      encodeAnswer({ type: 'lacks', lacks: [] }),
      encodeRequest({ type: 'read', along: 1, places: [] }),
    ]
    const names = [
      'hello',
      'store',
      'fetch',
      'get',
      'delete',
      'done',
      'refused',
      'digests',
      'record',
      'have',
      'lacks',
      'read',
    ]
    for (const [index, name] of names.entries()) {
      const type = (frames[index]?.[1] ?? 0).toString(16).padStart(2, '0')
      expect(hasRow(protocol, `\`0x${type}\``, name), name).toBe(true)
    }
  })

  it('has every frame of files, with its kind, and both lengths', () => {
    const hash = new Uint8Array(32)
    const frames: ControlFrame[] = [
      { kind: 'ask', id: new Uint8Array(16), segment: 0, proof: hash },
      { kind: 'begin', hashes: [hash] },
      { kind: 'refused', reason: 'gone' },
      { kind: 'credit', chunks: 0 },
      { kind: 'done' },
    ]
    for (const frame of frames)
      expect(hasRow(protocol, String(encodeControl(frame)[1]), frame.kind), frame.kind).toBe(true)
    expect(protocol).toContain(`${chunkFrameLength.toLocaleString('en')} bytes`)
    expect(protocol).toContain(`‖ fields, ${controlLength})`)
  })

  it('has every frame of the live channel, with its kind, and all lengths', () => {
    const nonce = new Uint8Array(32)
    const frames: Frame[] = [
      { kind: 'hello', nonce, tag: nonce },
      { kind: 'answer', nonce, proof: nonce },
      { kind: 'confirm', proof: nonce },
      { kind: 'item', index: 0, ciphertext: nonce },
      { kind: 'ack', count: 0 },
      { kind: 'consent', direct: true },
    ]
    for (const frame of frames)
      expect(hasRow(protocol, String(encodeFrame(frame)[1]), frame.kind), frame.kind).toBe(true)
    for (const length of [...frameLengths, ...plaintextLengths]) expect(protocol).toContain(length.toLocaleString('en'))
  })

  it('has every word of an offer, with its number', () => {
    for (const { options } of [offerKind, offerLevel, offerFormat, offerDuration]) {
      for (const [number, word] of options.entries()) expect(protocol).toContain(`${number} \`${word}\``)
    }
    for (const { id, group } of topics) {
      expect(
        protocol.split('\n').some((line) => line.includes(`| ${group} `) && line.includes(`\`${id}\``)),
        id,
      ).toBe(true)
    }
  })
})

describe('THREAT-MODEL.md', () => {
  /** `tests/…/name.test.ts`: "title", and further titles of the same file after it. */
  const shown = [...threats.matchAll(/`(tests\/[^`]+)`:((?:\s*[,;]?\s*"[^"]+")+)/g)].flatMap(
    ([, path = '', titles = '']) => [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']) => ({ path, title })),
  )

  it('names tests that exist, by titles that they have', () => {
    expect(shown.length).toBeGreaterThan(40)
    const missing = shown.filter(({ path, title }) => !titlesOf(path).includes(title))
    expect(missing).toEqual([])
  })

  it('names no test without a title', () => {
    const mentions = [...threats.matchAll(/`(tests\/[^`]+)`/g)].length
    const withTitle = [...threats.matchAll(/`(tests\/[^`]+)`:\s*"/g)].length
    expect(mentions).toBe(withTitle)
  })
})

function titlesOf(path: string): string[] {
  const call =
    /\b(?:it|test|describe)(?:\.\w+)*(?:\([^()]*\)|<[^>]*>\([\s\S]*?\n\s*\]\))?\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`([^`]*)`)/g
  return [...read(path).matchAll(call)].map(([, single, double, template]) => single ?? double ?? template ?? '')
}
