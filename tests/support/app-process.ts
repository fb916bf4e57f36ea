import { once } from 'node:events'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import { localDoor } from '../../core/api/doors.ts'
import type { Client } from '../journey/journey.ts'
import { OwnProcess } from './processes.ts'

/** The real app as its own process behind the local page's door, spoken to through the real contract. */
export class AppProcess {
  readonly process: OwnProcess
  readonly client: Client
  /** Where the page is, without the token. */
  readonly origin: string
  readonly #socket: WebSocket

  private constructor(process: OwnProcess, origin: string, socket: WebSocket) {
    this.process = process
    this.origin = origin
    this.#socket = socket
    this.client = createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }))
  }

  /** `npm start -- --door local --no-open` on a data directory of its own. */
  static async start(directory: string, args: readonly string[] = []): Promise<AppProcess> {
    const process = new OwnProcess('main/start.ts', ['--door', 'local', '--no-open', '--data', directory, ...args])
    try {
      const [, origin = '', token = ''] = await process.line(/(http:\/\/127\.0\.0\.1:\d+)\/#([\w-]+)/)
      return new AppProcess(process, origin, await connect(origin, token))
    } catch (error) {
      await process.stop('SIGKILL')
      throw error
    }
  }

  /** As a person would end it. */
  async stop(): Promise<number | null> {
    this.#socket.terminate()
    return this.process.stop('SIGTERM')
  }

  /** As a power cut would end it. */
  async kill(): Promise<void> {
    await this.process.stop('SIGKILL')
    this.#socket.terminate()
  }
}

/** What the page does with its link: a token for a session, the session for a socket. */
async function connect(origin: string, token: string): Promise<WebSocket> {
  const answer = await fetch(`${origin}${localDoor.session}`, { method: 'POST', body: token, headers: { origin } })
  if (answer.status !== 200) throw new Error(`The local page answered ${answer.status}`)
  const secret = await answer.text()
  const socket = new WebSocket(
    `${origin.replace('http', 'ws')}${localDoor.socket}`,
    [localDoor.protocol, `${localDoor.secret}${secret}`],
    { origin },
  )
  await once(socket, 'open')
  return socket
}
