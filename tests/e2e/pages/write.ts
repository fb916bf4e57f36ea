import type { Page } from 'playwright-core'
import { tr } from './speech.ts'
import { choose, heading, press, write } from './widgets.ts'

export interface Words {
  readonly title: string
  readonly text: string
  readonly topic?: string
}

export async function fillOffer(page: Page, words: Words): Promise<void> {
  await press(page, 'Write')
  await heading(page, 'What can you teach?').waitFor()
  await fillWords(page, words)
}

/** What every offer or request needs, where it is written; ends when it stands beside it as others will see it. */
export async function fillWords(page: Page, { title, text, topic }: Words): Promise<void> {
  await write(page.getByLabel(tr(page, 'Title'), { exact: true }), title)
  await write(page.getByLabel(tr(page, 'In your words')), text)
  if (topic !== undefined) await choose(page, topic)
  const preview = page.getByRole('complementary', { name: tr(page, 'What others will see') })
  for (const words of [title, text]) await preview.getByText(words, { exact: true }).waitFor()
}

/** @returns the phases of the work that the person could see, in order, once it is published */
export async function publish(page: Page, title: string): Promise<string[]> {
  // the work is short here, so what was to be seen is noted as it comes
  const seen = await page.evaluateHandle(() => {
    const phases: string[] = []
    const look = (): void => {
      const words = document.querySelector('[role="progressbar"]')?.textContent
      if (words != null && words !== '' && phases.at(-1) !== words) phases.push(words)
    }
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
    return phases
  })
  await press(page, 'Publish')
  await heading(page, title).waitFor()
  await page.getByText(tr(page, 'Published'), { exact: true }).waitFor()
  return seen.jsonValue()
}
