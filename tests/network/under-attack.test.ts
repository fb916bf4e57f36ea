import { expect, it } from 'vitest'
import { attackFigures } from '../bench/attack.ts'

it('a good member is served while others send nonsense, are slow, ask too much or never read', async () => {
  const figures = await attackFigures({ samples: 4 })
  // the bench holds a tenth; here other tests and the attacker share the machine's cores
  for (const { name, ours, baseline } of figures) {
    expect(ours, name).toBeLessThan(1000)
    expect(baseline, name).toBeGreaterThan(0)
  }
  expect(figures.filter(({ target }) => target === 1.1).length).toBe(4)
})
