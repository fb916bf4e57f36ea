import type { WebSocket } from 'ws'
import type { Channel } from '../door/channel.ts'
import type { Limits } from './limits.ts'

/** A WebSocket as a channel. One that answers no ping, or does not read, is ended. */
export function socketChannel(socket: WebSocket, { pingInterval, unsentBytes }: Limits): Channel {
  let answered = true
  const pings = setInterval(() => {
    if (!answered) {
      socket.terminate()
      return
    }
    answered = false
    socket.ping()
  }, pingInterval)
  socket.on('pong', () => (answered = true))
  socket.once('close', () => clearInterval(pings))
  // ws has ended the connection already: too long a message, bad UTF-8, a broken frame
  socket.on('error', () => {})

  return {
    send(text) {
      if (socket.readyState !== socket.OPEN) return
      socket.send(text)
      if (socket.bufferedAmount > unsentBytes) socket.terminate()
    },
    close: () => socket.close(1008),
    onMessage(listener) {
      socket.on('message', (data, isBinary) => {
        const text = !isBinary && Buffer.isBuffer(data) ? data.toString('utf8') : undefined
        listener(text)
      })
    },
    onClose(listener) {
      socket.once('close', listener)
    },
  }
}
