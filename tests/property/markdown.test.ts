import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readArticle, type Block, type Inline } from '../../renderer/features/library/markdown.ts'

const kinds = new Set('text code emphasis strong break link paragraph heading quote list rule'.split(' '))

/** Pieces that mean something to Markdown, in any order. */
const pieces =
  `# |> |- |1. |*|**|_|\`|\`\`\`\n|\n|\n\n|    |[|](|)|![|<|>|\\|<a href=x>|<!--|-->|&lt;|&#x202e;|[a]: x\n`.split('|')
pieces.push('https://x.example/', 'javascript:alert(1)')
const markdown = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'grapheme', maxLength: 8 })), { maxLength: 60 })
  .map((texts) => texts.join(''))

function* nodes(of: readonly (Block | Inline)[], depth = 0): Generator<{ node: Block | Inline; depth: number }> {
  for (const node of of) {
    yield { node, depth }
    if ('of' in node) yield* nodes(node.of, depth + 1)
    if (node.kind === 'list') for (const item of node.items) yield* nodes(item, depth + 1)
  }
}

describe('Markdown', () => {
  it('gives of any text only what can be shown safely, in bounds', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        const article = readArticle(text)
        if ('asWritten' in article) {
          expect(article.asWritten).toBe(text)
          return
        }
        for (const { node, depth } of nodes(article.blocks)) {
          expect(kinds.has(node.kind)).toBe(true)
          expect(depth).toBeLessThan(26)
          if (node.kind === 'link') expect(node.address).toMatch(/^(?:[a-z][a-z\d+.-]*:\/\/|www\.|mailto:)\S+$/iu)
        }
      }),
      { numRuns: 1000 },
    )
  })
})
