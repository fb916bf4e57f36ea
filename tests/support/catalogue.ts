import { readFileSync } from 'node:fs'

/** What stands on a screen in one language: the messages of a PO file, as patterns. */
export class Catalogue {
  readonly #fixed = new Set<string>()
  readonly #patterns: RegExp[] = []

  constructor(messages: Iterable<string>) {
    for (const message of messages) {
      for (const variant of variantsOf(message)) {
        const text = tidy(variant.replace(/<\/?\d+\/?>/g, ''))
        if (!/\{\w+\}|#/.test(text)) this.#fixed.add(text)
        // of a pattern of names alone everything would be one
        else if (/\p{L}/u.test(text.replace(/\{\w+\}/g, ''))) this.#patterns.push(patternOf(text))
      }
    }
  }

  has(text: string): boolean {
    return this.#fixed.has(tidy(text)) || this.#patterns.some((pattern) => pattern.test(tidy(text)))
  }
}

export function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** The entries of a PO file of Lingui's: source text or id, and translation; '' where there is none. */
export function readCatalogue(path: string): Map<string, string> {
  const entries = new Map<string, string>()
  for (const entry of readFileSync(path, 'utf8').split(/\n{2,}/)) {
    if (entry.startsWith('#~')) continue
    const id = partOf(entry, 'msgid')
    if (id !== '') entries.set(id, partOf(entry, 'msgstr'))
  }
  return entries
}

function partOf(entry: string, name: 'msgid' | 'msgstr'): string {
  const lines = new RegExp(`^${name} ((?:"(?:[^"\\\\]|\\\\.)*"\\n?)+)`, 'm').exec(entry)?.[1] ?? ''
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as string)
    .join('')
}

/** `{n, plural, one {a} other {b}}` stands for two texts. */
function variantsOf(message: string): string[] {
  const plural = /\{\w+, plural, ?((?:(?:=\d+|\w+) \{(?:[^{}]|\{\w+\})*\} ?)+)\}/.exec(message)
  if (plural === null) return [message]
  return [...(plural[1] ?? '').matchAll(/\{((?:[^{}]|\{\w+\})*)\}/g)].flatMap(([, option = '']) =>
    variantsOf(message.replace(plural[0], () => option)),
  )
}

/** A text that has this message in it, whatever its placeholders stand for. */
export function looseText(message: string): RegExp {
  const variants = variantsOf(message).map((variant) => sourceOf(tidy(variant.replace(/<\/?\d+\/?>/g, ''))))
  return new RegExp(variants.join('|'), 'u')
}

function patternOf(text: string): RegExp {
  return new RegExp(`^${sourceOf(text)}$`, 'u')
}

function sourceOf(text: string): string {
  const escaped = text.replace(/[.*+?^$()|[\]\\]/g, '\\$&')
  // in a sentence a hole is what somebody wrote; in "{one} of {all}", which half a page would fit, it is a name
  const letters = text.replace(/\{\w+\}/g, '').match(/\p{L}/gu) ?? []
  const hole = letters.length > 8 ? '.+' : '.{1,80}'
  return escaped.replace(/\{\w+\}/g, hole).replace(/#/g, '[\\d.,]+')
}
