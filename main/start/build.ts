import { spawn } from 'node:child_process'
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Product {
  readonly name: string
  /** Files and folders that it is made of, relative to the checkout. */
  readonly sources: readonly string[]
  /** What must be there afterwards. */
  readonly result: string
  /** A script of an installed package, and its arguments. */
  readonly command: readonly string[]
}

export const rendererProduct: Product = {
  name: 'renderer',
  sources: ['renderer', 'core/api', 'package-lock.json'],
  result: 'out/renderer/index.html',
  command: ['vite/bin/vite.js', 'build', '--config', 'renderer/vite.config.ts', '--logLevel', 'error'],
}

export const windowProduct: Product = {
  name: 'window',
  sources: ['renderer', 'core', 'main', 'electron.config.ts', 'package-lock.json'],
  result: 'out/main/main/electron/index.js',
  command: ['electron-vite/bin/electron-vite.js', 'build', '--config', 'electron.config.ts', '--logLevel', 'error'],
}

/** Longest wait for another start that builds at the same time. */
const patience = 180_000

/**
 * Builds what is missing or older than its sources. Two starts at the same time
 * build once: the second waits for the first.
 *
 * @param root the checkout
 * @param say called once before a build, with one line
 * @throws Error with a sentence for the person
 */
export async function ensureBuilt(root: string, product: Product, say: (line: string) => void): Promise<void> {
  if (isFresh(root, product)) return
  const unlock = await lock(join(root, 'out', 'building'))
  try {
    if (isFresh(root, product)) return
    say(`Building the ${product.name === 'window' ? 'window' : 'interface'} (only after a change) …`)
    const from = new Date()
    await run(root, product.command)
    if (!existsSync(join(root, product.result))) throw new BuildFailed()
    const stamp = stampOf(root, product)
    writeFileSync(stamp, '')
    // what changed while it was built is newer than this
    utimesSync(stamp, from, from)
  } finally {
    unlock()
  }
}

export class BuildFailed extends Error {
  override readonly name = 'BuildFailed'
  constructor() {
    // what the builder says is for developers, and may be a stack
    super(
      'The interface could not be built. Run npm ci and start again; this shows why: npx electron-vite build --config electron.config.ts',
    )
  }
}

function stampOf(root: string, { name }: Product): string {
  return join(root, 'out', `built-${name}`)
}

function isFresh(root: string, product: Product): boolean {
  const stamp = lstatSync(stampOf(root, product), { throwIfNoEntry: false })
  if (stamp === undefined || !existsSync(join(root, product.result))) return false
  return product.sources.every((source) => newest(join(root, source)) <= stamp.mtimeMs)
}

/** The last change of a file, or of anything in a folder; a folder's own time tells of files that went. */
function newest(path: string): number {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return 0
  if (!stat.isDirectory()) return stat.mtimeMs
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), stat.mtimeMs)
}

function run(root: string, [script = '', ...args]: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', script), ...args], {
      cwd: root,
      // whatever the shell says: React's development build is slower and talks on the console
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: 'ignore',
    })
    child.once('error', () => reject(new BuildFailed()))
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new BuildFailed())))
  })
}

async function lock(path: string): Promise<() => void> {
  mkdirSync(join(path, '..'), { recursive: true })
  for (const until = Date.now() + patience; ;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' })
      return () => rmSync(path, { force: true })
    } catch {
      if (!isHeld(path) || Date.now() > until) rmSync(path, { force: true })
      else await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

/** Whether the process that wrote the lock still lives. */
function isHeld(path: string): boolean {
  try {
    const pid = Number(readFileSync(path, 'utf8'))
    if (pid === 0) return true
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
