import { afterEach, describe, expect, test } from 'vitest'
import { connect } from 'node:net'
import { once } from 'node:events'
import { localDoor } from '../../core/api/doors.ts'
import { ask, rawExchange } from '../support/http.ts'
import { eventually } from '../support/eventually.ts'
import { closed, LocalPage } from '../support/local-page.ts'

const pages: LocalPage[] = []
const start = async (...options: Parameters<typeof LocalPage.start>): Promise<LocalPage> => {
  const page = await LocalPage.start(...options)
  pages.push(page)
  return page
}
afterEach(async () => {
  for (const page of pages.splice(0)) await page.stop()
})

describe('what is served', () => {
  test('the front page and its files, each with the headers that shut it in', async () => {
    const page = await start()
    const paths = ['/', '/assets/page.js', '/nothing', localDoor.session]
    for (const path of paths) {
      const { headers } = await ask(page.port, { path, headers: { host: page.host } })
      const policy = headers['content-security-policy'] ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).toContain(`connect-src 'self' ws://${page.host}`)
      expect(policy).not.toMatch(/unsafe|\*/)
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
      })
      expect(headers['access-control-allow-origin']).toBeUndefined()
      expect(headers['set-cookie']).toBeUndefined()
    }
    expect(await ask(page.port, { headers: { host: page.host } })).toMatchObject({
      status: 200,
      body: '<!doctype html>front',
    })
    expect(await ask(page.port, { method: 'HEAD', headers: { host: page.host } })).toMatchObject({
      status: 200,
      body: '',
    })
  })

  test('no path leaves the table', async () => {
    const page = await start()
    for (const path of [
      '/../package.json',
      '/assets/../../package.json',
      '/%2e%2e/package.json',
      '/..%2fpackage.json',
      '/assets/%2e%2e%2f%2e%2e%2fetc/passwd',
      '/..\\package.json',
      '//etc/passwd',
      '/assets/',
      '/assets',
      '/assets/page.js/',
      '/assets/page.js?x=1',
      '/assets//page.js',
      '/?x',
      '/index.html\u0000',
      '/__proto__',
      '/constructor',
      'file:///etc/passwd',
      'http://evil.example/',
      '*',
    ]) {
      const head = `GET ${path} HTTP/1.1\r\nHost: ${page.host}\r\nConnection: close\r\n\r\n`
      const answer = await rawExchange(page.port, head)
      expect.soft(answer, path).toMatch(/^(HTTP\/1\.1 404 |$)/)
      expect(answer).not.toContain('root:')
    }
  })

  test('only reading', async () => {
    const page = await start()
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE']) {
      const { status } = await ask(page.port, {
        method,
        headers: { host: page.host },
        body: method === 'TRACE' ? '' : 'x',
      })
      expect(status).toBe(405)
    }
    for (const method of ['PUT', 'DELETE', 'HEAD']) {
      const { status } = await ask(page.port, { method, path: localDoor.session, headers: { host: page.host } })
      expect(status).toBe(405)
    }
    expect(await rawExchange(page.port, `CONNECT evil.example:80 HTTP/1.1\r\nHost: ${page.host}\r\n\r\n`)).toBe('')
  })
})

describe('who may ask', () => {
  test('nobody by another name (DNS rebinding)', async () => {
    const page = await start()
    for (const host of [
      'evil.example',
      `evil.example:${page.port}`,
      '127.0.0.1',
      `localhost:${page.port}`,
      `127.0.0.2:${page.port}`,
      `127.0.0.1:${page.port + 1}`,
      `127.0.0.1:${page.port} `.trimEnd() + '.',
      `[::1]:${page.port}`,
      `0.0.0.0:${page.port}`,
      `2130706433:${page.port}`,
    ]) {
      expect(await ask(page.port, { headers: { host } })).toMatchObject({ status: 421, body: '' })
    }
    const { host } = page
    const twice = await rawExchange(page.port, `GET / HTTP/1.1\r\nHost: ${host}\r\nHost: evil.example\r\n\r\n`)
    expect(twice).not.toContain('front')
    const none = await rawExchange(page.port, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n')
    expect(none).not.toContain('front')
    const old = await rawExchange(page.port, 'GET / HTTP/1.0\r\n\r\n')
    expect(old).not.toContain('front')
  })

  test('no page of another site, not even to learn that we are here', async () => {
    const page = await start()
    const site = (name: string, mode: string, dest: string, path = '/assets/page.js') =>
      ask(page.port, {
        path,
        headers: { host: page.host, 'sec-fetch-site': name, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest },
      })
    const here = await site('cross-site', 'no-cors', 'script')
    const nowhere = await site('cross-site', 'no-cors', 'script', '/nothing')
    expect([here.status, nowhere.status]).toEqual([403, 403])
    expect((await site('same-site', 'no-cors', 'image')).status).toBe(403)
    expect((await site('cross-site', 'cors', 'empty', '/')).status).toBe(403)
    expect((await site('cross-site', 'navigate', 'iframe', '/')).status).toBe(403)
    expect((await site('cross-site', 'navigate', 'document')).status).toBe(403)
    expect((await site('same-origin', 'cors', 'script')).status).toBe(200)
    // the file that leads here is another site too
    expect((await site('cross-site', 'navigate', 'document', '/')).status).toBe(200)
    expect((await site('none', 'navigate', 'document', '/')).status).toBe(200)
  })
})

describe('what it may cost', () => {
  test('a request that never ends is ended (slow loris)', async () => {
    const page = await start({ limits: { headTimeout: 200, requestTimeout: 400, idleTimeout: 600, checkInterval: 50 } })
    const from = performance.now()
    await Promise.all([
      rawExchange(page.port, ''),
      rawExchange(page.port, 'GET / HTTP/1.1\r\nHost: '),
      rawExchange(
        page.port,
        `POST ${localDoor.session} HTTP/1.1\r\nHost: ${page.host}\r\nOrigin: ${page.origin}\r\nContent-Length: 43\r\n\r\nx`,
      ),
    ])
    expect(performance.now() - from).toBeLessThan(5_000)
    expect((await ask(page.port, { headers: { host: page.host } })).status).toBe(200)
  })

  test('a head that is too long, too many fields, and nonsense', async () => {
    const page = await start()
    const { host } = page
    const long = await rawExchange(page.port, `GET / HTTP/1.1\r\nHost: ${host}\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)
    expect(long).not.toContain('front')
    for (const text of [
      '\u0000\u0001\u0002\r\n\r\n',
      'GET\r\n\r\n',
      '{"i":1}\r\n\r\n',
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    ]) {
      expect(await rawExchange(page.port, text)).not.toContain('front')
    }
    const smuggled = `POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`
    expect(await rawExchange(page.port, smuggled)).not.toContain('front')
    expect((await ask(page.port, { headers: { host } })).status).toBe(200)
  })

  test('so many connections, so many sockets', async () => {
    const page = await start({ limits: { connections: 4, sockets: 2 } })
    const secret = await page.enter()
    const first = await page.open(secret)
    await page.open(secret)
    expect(await page.connect(secret)).toBe(503)
    first.terminate()
    await eventually(async () => typeof (await page.connect(secret)) !== 'number')
    const idle = Array.from({ length: 8 }, () => connect(page.port, '127.0.0.1'))
    for (const socket of idle) socket.on('error', () => {})
    await Promise.any(idle.map((socket) => once(socket, 'close')))
    for (const socket of idle) socket.destroy()
    await eventually(async () => (await ask(page.port, { headers: { host: page.host } })).status === 200)
  })

  test('a message that is too long, or no text, ends its own socket only', async () => {
    const heard: (string | undefined)[] = []
    const page = await start({
      limits: { messageBytes: 1000 },
      serve: (channel) => channel.onMessage((text) => void heard.push(text)),
    })
    const secret = await page.enter()
    const other = await page.open(secret)
    const socket = await page.open(secret)
    socket.send('x'.repeat(1001))
    expect(await closed(socket)).toBe(1009)
    other.send('still here')
    other.send(Buffer.from('binary'))
    await eventually(() => heard.length === 2)
    expect(heard).toEqual(['still here', undefined])
  })

  test('a socket that answers no ping is ended', async () => {
    const page = await start({ limits: { pingInterval: 50 } })
    const secret = await page.enter()
    const alive = await page.open(secret)
    const dead = await page.open(secret)
    // ws answers pings by itself: this one has nobody who does
    dead.pong = () => {}
    await closed(dead)
    expect(alive.readyState).toBe(alive.OPEN)
  })

  test('what waits for a page that does not read', async () => {
    const page = await start({ limits: { unsentBytes: 100_000 } })
    const socket = await page.open(await page.enter())
    socket.pause()
    let gone = false
    page.channels[0]?.onClose(() => (gone = true))
    await eventually(() => {
      page.channels[0]?.send('x'.repeat(1_000_000))
      return gone
    })
    expect(() => page.channels[0]?.send('after')).not.toThrow()
  })
})
