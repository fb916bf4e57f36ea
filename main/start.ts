import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../core/base/clock.ts'
import { jsonLog, silentLog, type Log } from '../core/base/log.ts'
import { stopAll, type Service } from '../core/base/service.ts'
import { startSentence } from './door/sentences.ts'
import { stopOnSignal, surviveStrays } from './ending.ts'
import { BuildFailed, ensureBuilt, rendererProduct, windowProduct } from './start/build.ts'
import { chooseDoor, NoWindow } from './start/door.ts'
import { help, parseOptions, Usage, type StartOptions } from './start/options.ts'
import { profileDirectory } from './start/profile.ts'
import { runWindow } from './start/window.ts'

/** `npm start`: opens Staffetta by the door that this machine has. */

const root = join(import.meta.dirname, '..')
const say = (line: string): void => console.log(line)

/** @returns the exit status */
async function main(argv: readonly string[]): Promise<number | undefined> {
  const options = parseOptions(argv)
  if (options.help) {
    say(help)
    return 0
  }
  const door = await chooseDoor(options, { root, say })
  if (door.kind === 'electron') {
    await ensureBuilt(root, windowProduct, say)
    say(door.why)
    const ended = await runWindow(door.program, root, options)
    if (ended !== 'no-window') return ended
    if (options.door === 'electron')
      throw new NoWindow('The window could not be opened here. Try npm start -- --door local')
    say('The window could not be opened here. Opening the local page in your browser instead.')
  }
  await ensureBuilt(root, rendererProduct, say)
  if (door.kind === 'local') say(door.why)
  await runLocal(options)
  return undefined
}

/** Runs until a signal ends it. */
async function runLocal(options: StartOptions): Promise<void> {
  const log: Log = options.log
    ? jsonLog(
        (line) => console.error(line),
        () => systemClock.now(),
      )
    : silentLog
  // loaded late, so that --help and a wrong option answer at once
  const [{ createApp }, { LocalDoor }, { createServe }, { readAssets }] = await Promise.all([
    import('../core/app.ts'),
    import('./local/index.ts'),
    import('./door/serve.ts'),
    import('./door/assets.ts'),
  ])
  const directory = profileDirectory(options)
  // made here so that the system's own reason is known, and can be said
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const app = createApp({ directory, log })
  const door = new LocalDoor({
    serve: createServe(app, log),
    assets: readAssets(join(root, 'out', 'renderer')),
    port: options.port,
    open: options.open,
    clock: systemClock,
    log,
    say,
    ...(process.stdin.isTTY ? { input: process.stdin } : {}),
  })
  const running: Service[] = []
  stopOnSignal({ running, log })
  surviveStrays(
    { running, log },
    'Something failed inside Staffetta, and it stops. What was saved is kept; start it again.',
  )
  try {
    for (const service of [app, door]) {
      running.push(service)
      await service.start()
    }
  } catch (error) {
    await stopAll(running).catch(() => {})
    throw error
  }
}

try {
  const status = await main(process.argv.slice(2))
  if (status !== undefined) process.exit(status)
} catch (error) {
  const said = error instanceof Usage || error instanceof NoWindow || error instanceof BuildFailed
  console.error(said ? error.message : startSentence(error, profileName()))
  process.exit(1)
}

function profileName(): string {
  try {
    return parseOptions(process.argv.slice(2)).profile
  } catch {
    return 'main'
  }
}
