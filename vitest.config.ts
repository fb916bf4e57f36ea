import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** One project a kind of test; `npm test` runs all of them and prints one closing line over all. */
export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: ['unit', 'property', 'vectors', 'network', 'contract', 'electron', 'e2e'].map((name) => ({
      extends: true as const,
      test: {
        name,
        include: [`tests/${name}/**/*.test.ts`],
        // as many as there are cores: one less, as is usual, would be one after the other on the smallest machines
        maxWorkers: Math.max(2, availableParallelism() - 1),
        ...(name === 'e2e' || name === 'network' ? { testTimeout: 180_000, hookTimeout: 180_000 } : {}),
      },
    })),
  },
})
