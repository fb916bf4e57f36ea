import { once } from 'node:events'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import { localDoor } from '../../core/api/doors.ts'
import type { Client } from '../journey/journey.ts'

/** The contract over a socket of the local page's door. */
export class DoorClient {
  readonly client: Client
  readonly #socket: WebSocket

  private constructor(socket: WebSocket) {
    this.#socket = socket
    this.client = createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }))
  }

  /** With a session's secret, as a second tab has it. */
  static async open(origin: string, secret: string): Promise<DoorClient> {
    const socket = new WebSocket(
      `${origin.replace('http', 'ws')}${localDoor.socket}`,
      [localDoor.protocol, `${localDoor.secret}${secret}`],
      { origin },
    )
    await once(socket, 'open')
    return new DoorClient(socket)
  }

  /** What the page does with its link: a token for a session, the session for a socket. */
  static async enter(origin: string, token: string): Promise<DoorClient> {
    const answer = await fetch(`${origin}${localDoor.session}`, { method: 'POST', body: token, headers: { origin } })
    if (answer.status !== 200) throw new Error(`The local page answered ${answer.status}`)
    return DoorClient.open(origin, await answer.text())
  }

  close(): void {
    this.#socket.terminate()
  }
}
