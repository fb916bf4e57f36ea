import { join } from 'node:path'
import * as discover from './pages/discover.ts'
import { heading } from './pages/widgets.ts'
import { Stage } from './stage/stage.ts'
import { populate } from './stage/village.ts'

/* `npm run screenshot`: makes the picture of the README anew, from the real app. */

const path = join(import.meta.dirname, '..', '..', 'docs', 'screenshot.png')

const stage = await Stage.open('picture')
try {
  const { page } = (await populate(stage)).viewer
  await heading(page, 'Discover').waitFor()
  // whichever of these came in last is at the top
  await discover
    .offers(page)
    .filter({ hasText: /Gentle Static|Patient Loom/ })
    .first()
    .getByRole('button')
    .click()
  await page
    .getByLabel('Your words')
    .fill('I have wanted to learn this for years. Could we begin with something small?')
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
} finally {
  await stage.close()
}
