import { join } from 'node:path'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { topicWords } from '../../../core/topics/words.ts'
import { looseText, readCatalogue } from '../../support/catalogue.ts'

/* What stands on the page of somebody who does not read English: a test says it in English all the same. */

const catalogue = readCatalogue(join(import.meta.dirname, '..', '..', '..', 'renderer', 'locales', 'it.po'))
const topics = new Map(
  [...topicWords('en').topics].map(([id, { name }]) => [name, topicWords('it').topics.get(id)?.name ?? name]),
)
const italians = new WeakSet<BrowserContext>()

/** From now on the pages of this browser profile are read in the language of its locale. */
export function listenTo(context: BrowserContext, locale: string): void {
  if (locale.startsWith('it')) italians.add(context)
}

/**
 * The app's words for what they are in English: a message of the catalogue or a topic. What is neither, as what
 * people wrote, stays as it is.
 *
 * @param values of the message's placeholders
 */
export function tr(at: Page | Locator, words: string, values: Readonly<Record<string, string>> = {}): string {
  const spoken = isItalian(at) ? catalogue.get(words) || topics.get(words) || words : words
  return spoken.replace(/\{(\w+)\}/g, (hole, name: string) => values[name] ?? hole)
}

/** As `tr`, of a name that goes on after these words. */
export function beginsWith(at: Page | Locator, words: string): RegExp {
  return new RegExp(`^${tr(at, words).replace(/[.*+?^$()|[\]\\{}]/g, '\\$&')}`)
}

/**
 * A sentence of the app's, whatever stands in its placeholders.
 *
 * @param part of its English, that is in no other
 * @throws Error where no message has this part, or several do
 */
export function saying(at: Page | Locator, part: string): RegExp {
  const [found, ...others] = catalogue.has(part) ? [part] : [...catalogue.keys()].filter((id) => id.includes(part))
  if (found === undefined || others.length > 0) throw new Error(`“${part}” is in ${others.length + 1} or no messages`)
  return looseText(tr(at, found))
}

function isItalian(at: Page | Locator): boolean {
  const page = 'page' in at ? at.page() : at
  return italians.has(page.context())
}
