import { findElectron, installElectron, wasRefused } from './electron-binary.ts'
import type { StartOptions } from './options.ts'

export type Door =
  | { readonly kind: 'electron'; readonly program: string; readonly why: string }
  | { readonly kind: 'local'; readonly why: string }

/** The person asked for the window, and it cannot be had: the message is a sentence for them. */
export class NoWindow extends Error {
  override readonly name = 'NoWindow'
}

export interface DoorContext {
  readonly root: string
  readonly say: (line: string) => void
  readonly platform?: NodeJS.Platform
  readonly env?: NodeJS.ProcessEnv
  readonly userId?: number | undefined
  readonly install?: typeof installElectron
}

/**
 * Which door to take, and why, in one line.
 *
 * @throws NoWindow where `--door electron` cannot be done
 */
export async function chooseDoor({ door }: Pick<StartOptions, 'door'>, context: DoorContext): Promise<Door> {
  if (door === 'local') return { kind: 'local', why: 'Opening the local page, as you asked.' }
  const asked = door === 'electron'
  const window = await findWindow(asked, context)
  if ('program' in window) {
    return {
      kind: 'electron',
      program: window.program,
      why: `Opening a window, ${asked ? 'as you asked' : window.why}.`,
    }
  }
  if (asked)
    throw new NoWindow(`No window can be opened: ${window.why}. The local page works: npm start -- --door local`)
  return { kind: 'local', why: `Opening the local page in your browser: ${window.why}.` }
}

async function findWindow(
  asked: boolean,
  { root, say, platform = process.platform, env = process.env, userId = process.getuid?.(), install }: DoorContext,
): Promise<{ readonly program: string; readonly why: string } | { readonly why: string }> {
  const electron = findElectron(root)
  if (electron === undefined) return { why: 'Electron is not installed' }
  const { version } = electron
  let { program } = electron
  let why = `Electron ${version} is installed`
  if (program === undefined) {
    if (!asked && wasRefused(root, version)) {
      return { why: "Electron's program could not be downloaded before (--door electron tries again)" }
    }
    say(`Downloading Electron's program ${version}, once, for at most 20 s …`)
    program = await (install ?? installElectron)(root, version)
    why = `Electron ${version} was just installed`
  }
  if (program === undefined) return { why: "Electron's program could not be downloaded" }
  if (platform === 'linux' && env['DISPLAY'] === undefined && env['WAYLAND_DISPLAY'] === undefined) {
    return { why: 'there is no screen for a window' }
  }
  // Chromium's sandbox refuses to run as root, and it is not switched off here
  if (platform !== 'win32' && userId === 0) return { why: 'the administrator of a machine should not open windows' }
  return { program, why }
}
