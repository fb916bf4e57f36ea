import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'

/** Everything that can be said of the sources without running them. `npm run check` */
const steps: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ['format', 'oxfmt', '--check', '.'],
  ['types', 'tsc', '-b'],
  ['lint', 'oxlint', '--type-aware', '--deny-warnings'],
  ['layers', 'node', 'scripts/layers.ts'],
  ['unused', 'knip', '--no-progress'],
  ['lockfile', 'node', 'scripts/lockfile.ts'],
  ['languages', 'npm', 'run', '--silent', 'i18n', '--', '--check'],
]

// stale composite output gives stale errors
rmSync('out/types', { recursive: true, force: true })
let failed = 0
for (const [name, command, ...args] of steps) {
  const from = performance.now()
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  const ms = Math.round(performance.now() - from)
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${ms} ms)`)
  if (status !== 0) {
    failed++
    console.log(`${stdout}${stderr}`.trim())
  }
}
process.exitCode = failed > 0 ? 1 : 0
