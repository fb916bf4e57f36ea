import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Catalogue, readCatalogue } from '../support/catalogue.ts'

test('knows a text, with whatever stands in its gaps, in each of its plurals', () => {
  const catalogue = new Catalogue([
    'Look again',
    'Only <0>{author}</0> can read this.',
    '{count, plural, one {# entry} other {# entries}} here (all)',
    '{name}',
  ])
  for (const text of [
    'Look  again ',
    'Only Quiet Heron can read this.',
    '1 entry here (all)',
    '1,200 entries here (all)',
  ])
    expect(catalogue.has(text), text).toBe(true)
  for (const text of ['Look', 'Look again!', 'Only can read this.', 'Two entries here (all)', 'anything'])
    expect(catalogue.has(text), text).toBe(false)
})

test('reads what Lingui writes', () => {
  const directory = mkdtempSync(join(tmpdir(), 'catalogue-'))
  try {
    const path = join(directory, 'it.po')
    writeFileSync(
      path,
      [
        'msgid ""\nmsgstr ""\n"Language: it\\n"',
        '#. a comment\n#: here.tsx\nmsgid "Say \\"hello\\""\nmsgstr "Di\' \\"ciao\\""',
        'msgid ""\n"A long "\n"one"\nmsgstr ""\n"Una "\n"lunga"',
        'msgid "Not yet"\nmsgstr ""',
        '#~ msgid "Gone"\n#~ msgstr "Via"',
      ].join('\n\n'),
    )
    expect([...readCatalogue(path)]).toEqual([
      ['Say "hello"', 'Di\' "ciao"'],
      ['A long one', 'Una lunga'],
      ['Not yet', ''],
    ])
  } finally {
    rmSync(directory, { recursive: true })
  }
})
