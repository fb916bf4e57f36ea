import type { Client } from '../journey/journey.ts'
import { DoorClient } from './door-client.ts'
import { OwnProcess } from './processes.ts'

/** `npm start -- --door local --no-open` on a data directory of its own. */
export function spawnApp(directory: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): OwnProcess {
  return new OwnProcess('main/start.ts', ['--door', 'local', '--no-open', '--data', directory, ...args], { env })
}

/** The link that the app shows where it opens no browser. */
export async function appLink(process: OwnProcess): Promise<{ readonly origin: string; readonly token: string }> {
  const [, origin = '', token = ''] = await process.line(/(http:\/\/127\.0\.0\.1:\d+)\/#([\w-]+)/)
  return { origin, token }
}

/** The real app as its own process behind the local page's door, spoken to through the real contract. */
export class AppProcess {
  readonly process: OwnProcess
  /** Where the page is, without the token. */
  readonly origin: string
  readonly #door: DoorClient

  private constructor(process: OwnProcess, origin: string, door: DoorClient) {
    this.process = process
    this.origin = origin
    this.#door = door
  }

  get client(): Client {
    return this.#door.client
  }

  static start(directory: string, args: readonly string[] = []): Promise<AppProcess> {
    return AppProcess.enter(spawnApp(directory, args))
  }

  /** Once the process that was spawned shows its link. */
  static async enter(process: OwnProcess): Promise<AppProcess> {
    try {
      const { origin, token } = await appLink(process)
      return new AppProcess(process, origin, await DoorClient.enter(origin, token))
    } catch (error) {
      await process.stop('SIGKILL')
      throw error
    }
  }

  /** As a person would end it. */
  async stop(): Promise<number | null> {
    this.#door.close()
    return this.process.stop('SIGTERM')
  }

  /** As a power cut would end it. */
  async kill(): Promise<void> {
    await this.process.stop('SIGKILL')
    this.#door.close()
  }
}
