import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const features = join(import.meta.dirname, '../../renderer/features')

/**
 * "You search on this device. Nobody learns what you look for." Whoever runs a
 * community computer and is a member too knows which place is which topic's.
 */
it('no screen asks the network for one topic: everybody reads the same boards', () => {
  const asking = readdirSync(features, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .flatMap((name) => {
      const text = readFileSync(join(features, name), 'utf8')
      return [...text.matchAll(/offers\.refresh\(\{([\s\S]*?)\}\)/g)].map(([, input]) => ({ name, input }))
    })
  expect(asking.length).toBeGreaterThan(0)
  expect(asking.filter(({ input = '' }) => /topic/.test(input))).toEqual([])
})
