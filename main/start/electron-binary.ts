import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** How long one attempt to download the binary may take. */
const installLimit = 20_000

export interface ElectronPackage {
  readonly version: string
  /** The program; `undefined` where it was not downloaded yet. */
  readonly program: string | undefined
}

/**
 * Looks for Electron's program without running anything. The package alone is
 * no program: since Electron 42 it is downloaded when it is first wanted, and
 * `path.txt` and `dist/version` are written after that.
 *
 * @param root the checkout
 */
export function findElectron(root: string): ElectronPackage | undefined {
  const directory = join(root, 'node_modules', 'electron')
  const read = (...path: readonly string[]): string | undefined => {
    const file = join(directory, ...path)
    return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined
  }
  const manifest = read('package.json')
  if (manifest === undefined) return undefined
  const { version } = JSON.parse(manifest) as { version: string }
  const path = read('path.txt')
  const program = path === undefined ? undefined : join(directory, 'dist', path)
  const whole = program !== undefined && existsSync(program) && read('dist', 'version')?.replace(/^v/, '') === version
  return { version, program: whole ? program : undefined }
}

/** Remembers, for this checkout and this version, that the binary could not be had. */
function refusal(root: string): string {
  return join(root, 'node_modules', '.cache', 'staffetta', 'electron-refused')
}

export function wasRefused(root: string, version: string): boolean {
  const file = refusal(root)
  return existsSync(file) && readFileSync(file, 'utf8') === version
}

/**
 * Downloads the binary with the package's own script, which checks it against
 * the checksums in the package. At most 20 s; a failure is remembered.
 *
 * @returns the program, or `undefined`
 */
export async function installElectron(
  root: string,
  version: string,
  limit = installLimit,
): Promise<string | undefined> {
  const script = join(root, 'node_modules', 'electron', 'install.js')
  await new Promise<void>((resolve) => {
    const child = spawn(process.execPath, [script], { stdio: 'ignore', cwd: dirname(script) })
    const late = setTimeout(() => child.kill('SIGKILL'), limit)
    const ended = (): void => {
      clearTimeout(late)
      resolve()
    }
    child.once('error', ended)
    child.once('exit', ended)
  })
  const program = findElectron(root)?.program
  const file = refusal(root)
  if (program === undefined) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, version)
  } else rmSync(file, { force: true })
  return program
}
