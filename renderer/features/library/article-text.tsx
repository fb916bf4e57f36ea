import { Trans } from '@lingui/react/macro'
import { useMemo } from 'react'
import { Notice } from '../../ui/notice.tsx'
import { CopiedLink } from '../conversation/linked-text.tsx'
import { readArticle, type Block, type Inline } from './markdown.ts'
import './library.css'

/** Markdown, laid out: nothing in it is loaded, opened or run. */
export function ArticleText({ text, language }: { readonly text: string; readonly language: string }) {
  const article = useMemo(() => readArticle(text), [text])
  return (
    <div className="article-text" lang={language} dir="auto">
      {'blocks' in article ? (
        <Blocks blocks={article.blocks} />
      ) : (
        <>
          <Notice>
            <p>
              <Trans>This is shown as it was written: it is nested deeper, or longer, than can be laid out.</Trans>
            </p>
          </Notice>
          <p className="prose">{article.asWritten}</p>
        </>
      )}
    </div>
  )
}

/* Pieces of one text never change places, so their place is their key. */
/* oxlint-disable react/no-array-index-key */

function Blocks({ blocks }: { readonly blocks: readonly Block[] }) {
  return blocks.map((block, index) => <OneBlock key={index} block={block} />)
}

function OneBlock({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p dir="auto">
          <Inlines of={block.of} />
        </p>
      )
    case 'heading': {
      const Heading = `h${block.level}` as const
      return (
        <Heading dir="auto">
          <Inlines of={block.of} />
        </Heading>
      )
    }
    case 'code':
      return (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled with the arrow keys
        <pre dir="ltr" tabIndex={0}>
          <code>{block.text}</code>
        </pre>
      )
    case 'quote':
      return (
        <blockquote dir="auto">
          <Blocks blocks={block.of} />
        </blockquote>
      )
    case 'list': {
      const items = block.items.map((blocks, index) => (
        <li key={index} dir="auto">
          <Blocks blocks={blocks} />
        </li>
      ))
      return block.from === undefined ? <ul>{items}</ul> : <ol start={block.from}>{items}</ol>
    }
    case 'rule':
      return <hr />
    default:
      return block satisfies never
  }
}

function Inlines({ of }: { readonly of: readonly Inline[] }) {
  return of.map((inline, index) => <OneInline key={index} inline={inline} />)
}

function OneInline({ inline }: { readonly inline: Inline }) {
  switch (inline.kind) {
    case 'text':
      return inline.text
    case 'code':
      return <code dir="ltr">{inline.text}</code>
    case 'emphasis':
      return (
        <em>
          <Inlines of={inline.of} />
        </em>
      )
    case 'strong':
      return (
        <strong>
          <Inlines of={inline.of} />
        </strong>
      )
    case 'break':
      return <br />
    case 'link':
      return <CopiedLink link={inline.address} isCurrent />
    default:
      return inline satisfies never
  }
}
