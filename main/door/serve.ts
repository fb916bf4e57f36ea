import { StandardRPCHandler } from '@orpc/server/standard'
import { ServerPeer } from '@orpc/standard-server-peer'
import type { Log } from '../../core/base/log.ts'
import { Fault } from '../../core/base/fault.ts'
import type { App } from '../../core/app.ts'
import { toContractError } from '../../core/router/faults.ts'
import type { Channel } from './channel.ts'
import { isRequest } from './request.ts'

/** Calls and streams that one page may have open at once. A page has about ten. */
const maxOpen = 64

export type Serve = (channel: Channel) => void

/**
 * Answers the contract on any number of channels.
 *
 * oRPC's own adapters for `ws` and MessagePort are not used on this side: on a
 * malformed message the one prints what was sent, the other rejects a promise
 * that nobody holds, which ends the process. Here such a message ends the
 * channel that it came by and nothing else.
 */
export function createServe({ router }: Pick<App, 'router'>, log: Log): Serve {
  const handler = new StandardRPCHandler(router, {
    interceptors: [
      async (call) => {
        try {
          await refuseRevived(call.request)
          const result = await call.next()
          if (!result.matched) throw new Fault('not-found', 'The contract has no such procedure')
          return result
        } catch (error) {
          throw toContractError(error)
        }
      },
    ],
  })

  return (channel) => {
    /** Counted from the message to the end of the answer, or of its stream. */
    let open = 0
    const peer = new ServerPeer((message) => {
      // blobs are the only binary messages, and the contract has none
      if (typeof message === 'string') channel.send(message)
    })
    const refuse = (): void => {
      log.write('warn', 'door.bad-message')
      channel.close()
    }
    channel.onClose(() => peer.close())
    channel.onMessage((text) => {
      if (text === undefined || !isRequest(text) || open >= maxOpen) {
        refuse()
        return
      }
      open++
      peer
        .message(text, async ({ body, ...request }) => {
          const { response } = await handler.handle({ ...request, body: async () => body }, { context: {} })
          // matched or thrown, see the interceptor
          return response ?? { status: 404, headers: {}, body: undefined }
        })
        .catch(() => log.write('error', 'door.call-failed'))
        .finally(() => open--)
    })
  }
}

/**
 * oRPC would revive dates, numbers that JSON lacks, regular expressions and so
 * on. The contract's inputs have none of them.
 *
 * @throws Fault `bad-input`
 */
async function refuseRevived(request: { body(): Promise<unknown> }): Promise<void> {
  const body = await request.body()
  if (typeof body === 'object' && body !== null && 'meta' in body) {
    throw new Fault('bad-input', 'The input has values that JSON does not have')
  }
}
