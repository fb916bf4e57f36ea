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
  await discover.openOffer(page, 'Altering clothes so that they fit you')
  await page.getByLabel('Your words').fill('I own a sewing machine and am afraid of it. Could we begin with a hem?')
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
} finally {
  await stage.close()
}
