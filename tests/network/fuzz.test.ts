import { expect, it } from 'vitest'
import { fuzzClient } from '../fuzz/protocol-client.ts'
import { fuzzServer } from '../fuzz/protocol-server.ts'
import { freshSeed } from '../harness/options.ts'

const seed = freshSeed()

it.each([
  ['a community node serves good members, whatever another one sends', fuzzServer],
  ['a box client outlives a node that says whatever it likes', fuzzClient],
] as const)('%s', async (_what, fuzz) => {
  const { failures, targets } = await fuzz(seed, 3_000)
  expect(failures, `npm run fuzz -- --seed ${seed}`).toEqual([])
  expect(targets[0]?.accepted).toBeGreaterThan(0)
})
