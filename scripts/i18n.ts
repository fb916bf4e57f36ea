import { spawnSync } from 'node:child_process'

/**
 * The catalogues of renderer/locales. `npm run i18n` writes every string of the
 * sources into them and drops those that are gone; with `--check` nothing is
 * written, and it fails where a string is missing, unused or not translated.
 */
const config = ['--config', 'renderer/lingui.config.ts']
// one process: it is faster than starting threads for some 80 files
const workers = ['--workers', '1']
const steps = process.argv.includes('--check')
  ? [
      ['check', 'sync', '--clean', '--verbose', ...config, ...workers],
      ['check', 'missing', '--mode', 'catalog', '--verbose', ...config],
    ]
  : [['extract', '--clean', ...config, ...workers]]

for (const step of steps) {
  const { status, signal } = spawnSync(process.execPath, ['node_modules/@lingui/cli/dist/lingui.js', ...step], {
    stdio: 'inherit',
  })
  if (status !== 0 || signal !== null) process.exitCode = 1
}
