import { describe, expect, it } from 'vitest'
import { readArticle, type Block, type Inline } from '../../renderer/features/library/markdown.ts'

const blocks = (markdown: string): readonly Block[] => {
  const article = readArticle(markdown)
  if (!('blocks' in article)) throw new Error('Shown as it was written')
  return article.blocks
}
const words = (text: string): Inline => ({ kind: 'text', text })
const link = (address: string): Inline => ({ kind: 'link', address })
/** The inlines of the first paragraph. */
const line = (markdown: string): readonly Inline[] => {
  const [first] = blocks(markdown)
  return first?.kind === 'paragraph' ? first.of : []
}

describe('Markdown', () => {
  it('is read as what people write', () => {
    expect(
      blocks('# One\n\n### Three\n\nA *b* **c** `d`\\\ne\n\n---\n\n> f\n\n- g\n- h\n\n3. i\n\n```\n<j>\n```'),
    ).toEqual([
      { kind: 'heading', level: 2, of: [words('One')] },
      { kind: 'heading', level: 4, of: [words('Three')] },
      {
        kind: 'paragraph',
        of: [
          words('A '),
          { kind: 'emphasis', of: [words('b')] },
          words(' '),
          { kind: 'strong', of: [words('c')] },
          words(' '),
          { kind: 'code', text: 'd' },
          { kind: 'break' },
          words('e'),
        ],
      },
      { kind: 'rule' },
      { kind: 'quote', of: [{ kind: 'paragraph', of: [words('f')] }] },
      {
        kind: 'list',
        from: undefined,
        items: [[{ kind: 'paragraph', of: [words('g')] }], [{ kind: 'paragraph', of: [words('h')] }]],
      },
      { kind: 'list', from: 3, items: [[{ kind: 'paragraph', of: [words('i')] }]] },
      { kind: 'code', text: '<j>' },
    ])
  })

  it('shows where its links lead, whatever their words say, and makes none of what leads to no machine', () => {
    expect(line('[the bank](https://evil.example/x)')).toEqual([
      words('the bank'),
      words(' '),
      link('https://evil.example/x'),
    ])
    expect(line('[https://good.example](https://evil.example)')).toEqual([
      words('https://good.example'),
      words(' '),
      link('https://evil.example'),
    ])
    expect(line('<https://a.example>')).toEqual([link('https://a.example')])
    expect(line('see https://a.example/b.')).toEqual([words('see '), link('https://a.example/b'), words('.')])
    expect(line('[a][b]\n\n[b]: https://c.example')).toEqual([words('a'), words(' '), link('https://c.example')])
    expect(line('<mailto:a@b.example>')).toEqual(
      [words('mailto:a@b.example'), words(' '), link('mailto:a@b.example')].slice(-1),
    )
    for (const url of [
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///etc',
      '#x',
      '/x',
      'x.html',
      'https://',
      '//x',
    ]) {
      expect(line(`[a](<${url}>)`), url).toEqual([words('a')])
    }
    expect(line('[a](https://x.example/&#10;y)')).toEqual([words('a')])
    expect(line('[a](https://x.example/&#8238;y)')).toEqual([words('a')])
  })

  it('has no pictures, and no HTML but as letters', () => {
    expect(line('![a lantern](https://p.example/x.png)')).toEqual([
      words('a lantern'),
      words(' '),
      link('https://p.example/x.png'),
    ])
    expect(line('![a lantern](data:image/png;base64,AAAA)')).toEqual([words('a lantern')])
    expect(line('a <img src=x onerror=alert(1)> b')).toEqual([
      words('a '),
      { kind: 'code', text: '<img src=x onerror=alert(1)>' },
      words(' b'),
    ])
    expect(blocks('<script>\nalert(1)\n</script>')).toEqual([{ kind: 'code', text: '<script>\nalert(1)\n</script>' }])
  })

  it('is laid out in bounds: what nests or repeats without end is shown as it was written', () => {
    for (const wild of [
      '>'.repeat(48_000),
      '> '.repeat(24_000),
      '- > '.repeat(12_000),
      '1. '.repeat(16_000),
      `${'- '.repeat(16)}a\n`.repeat(1400),
      '>>>>>>>>a\n\n'.repeat(1400),
      'a\n\n'.repeat(16_000),
      'a\\\n'.repeat(16_000),
      '[a](b)'.repeat(8000),
      // and these a second or two: each line goes through all lists and quotes that are open
      Array.from({ length: 150 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n'),
      Array.from({ length: 200 }, (_, depth) => `${'\t'.repeat(depth)}- a`).join('\n'),
      Array.from({ length: 150 }, (_, depth) => `>${'  '.repeat(depth)}- a`).join('\n'),
      `${Array.from({ length: 60 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n')}\n${'b\n'.repeat(1000)}`,
      `> > > > > > > > a\n${'b\n'.repeat(2900)}`,
      // each of these took the parser half a minute
      `${'*'.repeat(24_000)}a${'*'.repeat(23_000)}`,
      `${'_a '.repeat(8000)}${' b_'.repeat(8000)}`,
      '*a_'.repeat(16_000),
      Array.from({ length: 300 }, (_, nth) => '`'.repeat(nth + 1)).join(' '),
      `${'**a** _b_ '.repeat(100)}\n\n`.repeat(12),
    ]) {
      const article = readArticle(wild)
      expect('asWritten' in article && article.asWritten === wild, wild.slice(0, 8)).toBe(true)
    }
    expect(blocks('-'.repeat(60))).toEqual([{ kind: 'rule' }])
    // what grows line by line is cut where nobody could follow any more
    const deep = Array.from({ length: 60 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n')
    expect(depthOf(blocks(deep))).toBeLessThan(12)
    expect(JSON.stringify(blocks(`${'*'.repeat(50)}a${'*'.repeat(50)}`)).length).toBeLessThan(2000)
    expect(blocks('')).toEqual([])
  })
})

function depthOf(of: readonly Block[]): number {
  return Math.max(
    0,
    ...of.map((block) => {
      if (block.kind === 'quote') return 1 + depthOf(block.of)
      return block.kind === 'list' ? 1 + Math.max(...block.items.map(depthOf)) : 0
    }),
  )
}
