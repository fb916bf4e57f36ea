import { join } from 'node:path'
import { unsaid } from '../../core/api/blank-offer.ts'
import { heading } from './pages/widgets.ts'
import { Stage } from './stage/stage.ts'
import { populate } from './stage/village.ts'

/* `npm run screenshot`: makes the picture of the README anew, from the real app. */

const path = join(import.meta.dirname, '..', '..', 'docs', 'screenshot.png')

const stage = await Stage.open('picture')
try {
  const { viewer } = await populate(stage)
  const { page } = viewer
  await heading(page, 'Discover').waitFor()
  // with a wish of their own there is something to suggest
  const client = await viewer.client()
  await client.offers.publish({
    personaId: (await client.personas.list())[0]?.id ?? '',
    draft: {
      kind: 'request',
      title: 'Trousers that fit, and a phone that keeps quiet',
      text: 'I have wanted to learn both for years. Could we begin with something small?',
      topics: ['sewing', 'digital-security'],
      languages: ['en'],
      level: 'beginner',
      formats: ['text', 'voice'],
      ...unsaid,
      availability: [4, 10],
    },
  })
  const suggested = page.getByRole('list', { name: 'Suggested for you' }).getByRole('button')
  await suggested.filter({ hasText: 'Gentle Static' }).waitFor()
  await suggested.filter({ hasText: 'Patient Loom' }).click()
  await heading(page, 'Altering clothes so that they fit you').waitFor()
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
} finally {
  await stage.close()
}
