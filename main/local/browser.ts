import { execFile, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

/** How long the page that leads to the app may lie on the disk. */
export const redirectLife = 60_000

/** The program that opens a file in the person's browser; `undefined` where there is no screen. */
function opener(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): readonly string[] | undefined {
  if (platform === 'darwin') return ['open']
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler']
  return env['DISPLAY'] === undefined && env['WAYLAND_DISPLAY'] === undefined ? undefined : ['xdg-open']
}

/** A page whose only content is the way on. `link` holds nothing that HTML would read as markup. */
function redirectPage(link: string): string {
  if (!/^http:\/\/127\.0\.0\.1:\d+\/#[A-Za-z0-9_-]+$/.test(link)) throw new TypeError('link: expected our own')
  return `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title> </title><meta http-equiv="refresh" content="0;url=${link}">\n`
}

/**
 * A private folder that the browser can read. A browser from the Snap store sees
 * neither /tmp nor hidden folders, so it gets a visible one in the home folder.
 */
async function folderFor(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Promise<string> {
  if (platform === 'linux') {
    const browser = await output('xdg-settings', ['get', 'default-web-browser'])
    // Snap names its desktop files snap_program.desktop
    if (/^[a-z0-9-]+_[a-z0-9-]+\.desktop/.test(browser)) return mkdtempSync(join(homedir(), 'open-'))
    const runtime = env['XDG_RUNTIME_DIR']
    if (runtime !== undefined && runtime !== '') return mkdtempSync(join(runtime, 'open-'))
  }
  return mkdtempSync(join(tmpdir(), 'open-'))
}

/**
 * Opens `link` in the person's browser.
 *
 * The link holds a token, and a program's arguments can be read by every user of
 * the machine: so the browser is given the name of a file instead, which only
 * this user can read and which leads to the link. The file is deleted as soon as
 * `done` is called, and after a minute at the latest.
 *
 * @returns `done`, or `undefined` where no browser can be opened
 */
export async function openBrowser(
  link: string,
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): Promise<(() => void) | undefined> {
  const [program, ...before] = opener(platform, env) ?? []
  if (program === undefined) return undefined
  const folder = await folderFor(platform, env)
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  const timer = setTimeout(remove, redirectLife)
  timer.unref()
  const done = (): void => {
    clearTimeout(timer)
    remove()
  }
  process.once('exit', remove)
  try {
    chmodSync(folder, 0o700)
    const file = join(folder, 'open.html')
    writeFileSync(file, redirectPage(link), { mode: 0o600, flag: 'wx' })
    if (await starts(program, [...before, file])) return done
  } catch {
    // no room, or no right: the caller shows the link instead
  }
  done()
  return undefined
}

/** Whether `program` could be started and did not fail within a moment. It is not waited for. */
function starts(program: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true })
    const moment = setTimeout(() => resolve(true), 3_000)
    const ended = (code: number | null): void => {
      clearTimeout(moment)
      resolve(code === 0)
    }
    child.once('error', () => ended(null))
    child.once('exit', ended)
    child.unref()
  })
}

function output(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: 2_000 }, (error, stdout) => resolve(error === null ? stdout : ''))
  })
}
