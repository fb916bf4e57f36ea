import type { Definition, Nodes, PhrasingContent, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { hostOf, piecesOf } from '../conversation/links.ts'

/** What stands in a line. There is no picture, no markup of others, and nothing that opens or asks for anything. */
export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'emphasis' | 'strong'; readonly of: readonly Inline[] }
  | { readonly kind: 'break' }
  /** To be shown whole, and copied. */
  | { readonly kind: 'link'; readonly address: string }

export type Block =
  | { readonly kind: 'paragraph'; readonly of: readonly Inline[] }
  | { readonly kind: 'heading'; readonly level: 2 | 3 | 4; readonly of: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'quote'; readonly of: readonly Block[] }
  | { readonly kind: 'list'; readonly from: number | undefined; readonly items: readonly (readonly Block[])[] }
  | { readonly kind: 'rule' }

/** An article that cannot be laid out in bounds is shown as it was written. */
export type Article = { readonly blocks: readonly Block[] } | { readonly asWritten: string }

/** Nested deeper, a text is shown without what nests it. */
const deepest = 10
/** What takes longer to read than a person waits: the parser's time grows with these. */
const mostLines = 3000
const mostNodes = 6000
/** Quotes and list items that begin on one line, and on all. */
const mostMarkers = { line: 8, all: 2000 }
/** Lines, each as deep as the deepest is nested: the parser goes through all that is open at each line. */
const mostDepth = 12_000
/** What emphasis, code and links are made of: the parser holds each against all others between two empty lines. */
const mostMarks = { together: 1000, all: 5000 }

const leading = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t])))*/u
const marker = />|[-+*]|\d+[.)]/gu

function isTame(markdown: string): boolean {
  const lines = markdown.split('\n', mostLines + 1)
  const leads = lines.map((line) => leading.exec(line)?.[0].replaceAll('\t', '    ') ?? '')
  const counts = leads.map((lead) => lead.match(marker)?.length ?? 0)
  // a list within another stands at least two columns further in
  const depths = leads.map((lead, nth) => Math.max(lead.length / 2, counts[nth] ?? 0))
  const marks = markdown.split(/\n[ \t]*\n/u).map((part) => part.match(/[*_`[\]]/gu)?.length ?? 0)
  return (
    lines.length <= mostLines &&
    lines.length * Math.max(...depths) <= mostDepth &&
    marks.every((count) => count <= mostMarks.together) &&
    marks.reduce((sum, count) => sum + count, 0) <= mostMarks.all &&
    counts.every((count) => count <= mostMarkers.line) &&
    counts.reduce((sum, count) => sum + count, 0) <= mostMarkers.all
  )
}

/**
 * Reads CommonMark, and keeps of it what can be shown safely: HTML stands as the
 * letters that it is, a picture as its words, a link as the address that it leads to.
 */
export function readArticle(markdown: string): Article {
  if (!isTame(markdown)) return { asWritten: markdown }
  const root = fromMarkdown(markdown)
  if (countNodes(root) > mostNodes) return { asWritten: markdown }
  const definitions = new Map<string, Definition>()
  for (const node of everyNode(root)) {
    // the first one counts, as CommonMark says
    if (node.type === 'definition' && !definitions.has(node.identifier)) definitions.set(node.identifier, node)
  }
  return { blocks: root.children.flatMap((node) => blocksOf(node, 0, definitions)) }
}

type Definitions = ReadonlyMap<string, Definition>

function blocksOf(node: Nodes, depth: number, definitions: Definitions): Block[] {
  if (depth > deepest) return paragraph([{ kind: 'text', text: wordsOf(node) }])
  const inside = (nodes: readonly Nodes[]): Block[] => nodes.flatMap((one) => blocksOf(one, depth + 1, definitions))
  switch (node.type) {
    case 'paragraph':
      return paragraph(inlinesOf(node.children, depth, definitions))
    case 'heading':
      return [
        {
          kind: 'heading',
          level: Math.min(node.depth + 1, 4) as 2 | 3 | 4,
          of: inlinesOf(node.children, depth, definitions),
        },
      ]
    case 'code':
      return [{ kind: 'code', text: node.value }]
    case 'html':
      return [{ kind: 'code', text: node.value }]
    case 'blockquote':
      return [{ kind: 'quote', of: inside(node.children) }]
    case 'list':
      return [
        {
          kind: 'list',
          from: node.ordered === true ? (node.start ?? 1) : undefined,
          items: node.children.map(({ children }) => inside(children)),
        },
      ]
    case 'thematicBreak':
      return [{ kind: 'rule' }]
    default:
      return []
  }
}

function paragraph(of: readonly Inline[]): Block[] {
  return of.length === 0 ? [] : [{ kind: 'paragraph', of }]
}

function inlinesOf(nodes: readonly PhrasingContent[], depth: number, definitions: Definitions): Inline[] {
  return nodes.flatMap((node) => inlineOf(node, depth + 1, definitions))
}

function inlineOf(node: PhrasingContent, depth: number, definitions: Definitions): Inline[] {
  if (depth > deepest) return [{ kind: 'text', text: wordsOf(node) }]
  switch (node.type) {
    case 'text':
      return textOf(node.value)
    case 'inlineCode':
    case 'html':
      return [{ kind: 'code', text: node.value }]
    case 'emphasis':
    case 'strong':
      return [{ kind: node.type, of: inlinesOf(node.children, depth, definitions) }]
    case 'break':
      return [{ kind: 'break' }]
    case 'link':
      return linked(inlinesOf(node.children, depth, definitions), node.url)
    case 'linkReference':
      return linked(inlinesOf(node.children, depth, definitions), definitions.get(node.identifier)?.url)
    case 'image':
      return linked([{ kind: 'text', text: node.alt ?? '' }], node.url)
    case 'imageReference':
      return linked([{ kind: 'text', text: node.alt ?? '' }], definitions.get(node.identifier)?.url)
    default:
      return []
  }
}

/** Addresses in the words are marked as such. */
function textOf(text: string): Inline[] {
  return piecesOf(text).map((piece) =>
    piece.isLink ? { kind: 'link', address: piece.text } : { kind: 'text', text: piece.text },
  )
}

/** The words, and after them where they lead: words can say anything. */
function linked(words: readonly Inline[], url: string | undefined): Inline[] {
  const address = url?.trim() ?? ''
  // within an article, or to what is no machine, nothing leads anywhere
  if (!/^(?:https?:\/\/|mailto:)/iu.test(address) || hasControls(address)) return [...words]
  if (!address.toLowerCase().startsWith('mailto:') && hostOf(address) === undefined) return [...words]
  const [only, ...more] = words
  const isItself =
    more.length === 0 && (only?.kind === 'link' ? only.address : only?.kind === 'text' && only.text) === address
  const link: Inline = { kind: 'link', address }
  // an address among the words would be another one than where they lead
  const plain = words.map(withoutLinks)
  return isItself || words.length === 0 ? [link] : [...plain, { kind: 'text', text: ' ' }, link]
}

function withoutLinks(inline: Inline): Inline {
  if (inline.kind === 'link') return { kind: 'text', text: inline.address }
  return inline.kind === 'emphasis' || inline.kind === 'strong'
    ? { kind: inline.kind, of: inline.of.map(withoutLinks) }
    : inline
}

function hasControls(text: string): boolean {
  return /[\p{Cc}\p{Cf}\s]/u.test(text)
}

/** All the words of a node, in order. */
function wordsOf(node: Nodes): string {
  return [...everyNode(node)].map((one) => ('value' in one ? one.value : '')).join(' ')
}

function countNodes(root: Root): number {
  let count = 0
  for (const _ of everyNode(root)) if (++count > mostNodes) break
  return count
}

/** In order, without recursion: a text can nest what it likes. */
function* everyNode(root: Nodes): Generator<Nodes> {
  const open: Nodes[] = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node
    if ('children' in node) open.push(...node.children.toReversed())
  }
}
