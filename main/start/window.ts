import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { profileDirectory } from './profile.ts'
import type { StartOptions } from './options.ts'

/** A window that dies this soon, and not by its own decision, was never there. */
const stillborn = 10_000

/**
 * Runs Electron until its window is closed, and passes signals on.
 *
 * The profile's folder goes by the environment: arguments can be read by every
 * user of the machine, the environment by this one only.
 *
 * @returns its exit status, or 'no-window' where it could not start at all
 */
export function runWindow(program: string, root: string, options: StartOptions): Promise<number | 'no-window'> {
  const env = {
    ...process.env,
    STAFFETTA_PROFILE: options.profile,
    STAFFETTA_DIRECTORY: profileDirectory(options),
    ...(options.log ? { STAFFETTA_LOG: '1' } : {}),
  }
  // these would let the environment change what Electron is
  for (const name of ['ELECTRON_RUN_AS_NODE', 'NODE_OPTIONS', 'ELECTRON_ENABLE_LOGGING'])
    Reflect.deleteProperty(env, name)
  return new Promise((resolve) => {
    const from = performance.now()
    const child = spawn(program, [join(root, 'out/main/main/electron/index.js')], { env, stdio: 'inherit' })
    const pass = (signal: NodeJS.Signals): void => void child.kill(signal)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, pass)
    child.once('error', () => resolve('no-window'))
    child.once('exit', (status) => {
      const own = status === 0 || status === 1
      resolve(!own && performance.now() - from < stillborn ? 'no-window' : (status ?? 1))
    })
  })
}
