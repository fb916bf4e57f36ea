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
        ...(name === 'e2e' || name === 'network'
          ? { fileParallelism: false, testTimeout: 180_000, hookTimeout: 180_000 }
          : {}),
      },
    })),
  },
})
