import { EventEmitter } from 'node:events'
import type { MessagePortMain, WebContents, WebFrameMain } from 'electron'
import { describe, expect, test } from 'vitest'
import { acceptPort, type Connecting } from '../../main/electron/connect.ts'
import type { Channel } from '../../main/door/channel.ts'

/** Stands in for Electron's port: what it is given, and the events of the other end. */
class StandInPort extends EventEmitter {
  started = false
  closed = false
  readonly sent: unknown[] = []
  readonly postMessage = (message: unknown): void => void this.sent.push(message)
  readonly start = (): void => void (this.started = true)
  readonly close = (): void => {
    if (this.closed) return
    this.closed = true
    this.emit('close')
  }
}

const asPort = (port: StandInPort): MessagePortMain => port
const contents = {} as WebContents
const frame = (parts: Partial<Pick<WebFrameMain, 'origin' | 'url' | 'parent'>> = {}): WebFrameMain =>
  ({ origin: 'app://page', url: 'app://page/', parent: null, ...parts }) as WebFrameMain

function door(): { readonly channels: Channel[]; readonly connect: (event: Partial<Connecting>) => StandInPort } {
  const channels: Channel[] = []
  const accept = acceptPort(contents, (channel) => channels.push(channel))
  return {
    channels,
    connect(event) {
      const port = new StandInPort()
      accept({ sender: contents, senderFrame: frame(), ports: [asPort(port)], ...event })
      return port
    },
  }
}

describe('the port of the window', () => {
  test('is taken from our page in the top frame, and carries text', () => {
    const { channels, connect } = door()
    const port = connect({})
    const [channel] = channels
    expect([port.started, port.closed, channels.length]).toEqual([true, false, 1])
    const heard: (string | undefined)[] = []
    let closed = 0
    channel?.onMessage((text) => heard.push(text))
    channel?.onClose(() => closed++)
    port.emit('message', { data: 'hello', ports: [] })
    port.emit('message', { data: { not: 'text' }, ports: [] })
    port.emit('message', { data: new ArrayBuffer(8), ports: [] })
    expect(heard).toEqual(['hello', undefined, undefined])
    channel?.send('answer')
    channel?.close()
    channel?.send('too late')
    expect([port.sent, closed]).toEqual([['answer'], 1])
  })

  test.each<[string, Partial<Connecting>]>([
    ['another window', { sender: {} as WebContents }],
    ['a frame that is gone', { senderFrame: null }],
    ['a frame without an address', { senderFrame: frame({ url: '' }) }],
    ['a frame within', { senderFrame: frame({ parent: frame() }) }],
    ['another site', { senderFrame: frame({ url: 'https://evil.example/', origin: 'https://evil.example' }) }],
    ['an address that looks like ours', { senderFrame: frame({ url: 'app://page.evil.example/' }) }],
    ['an opaque origin', { senderFrame: frame({ origin: 'null' }) }],
    ['about:blank', { senderFrame: frame({ url: 'about:blank' }) }],
  ])('is not taken from %s', (_name, event) => {
    const { channels, connect } = door()
    const port = connect(event)
    expect([port.started, port.closed, channels.length]).toEqual([false, true, 0])
  })

  test('is one: none and two are refused', () => {
    const { channels, connect } = door()
    const two = [new StandInPort(), new StandInPort()]
    connect({ ports: two.map(asPort) })
    connect({ ports: [] })
    expect([...two.map((port) => port.closed), channels.length]).toEqual([true, true, 0])
  })

  test('is the newest: a reload ends the one before', () => {
    const { channels, connect } = door()
    const first = connect({})
    const second = connect({})
    expect([first.closed, second.closed, channels.length]).toEqual([true, false, 2])
    // and a refused one ends nothing
    connect({ senderFrame: null })
    expect(second.closed).toBe(false)
  })
})
