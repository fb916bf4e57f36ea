import { afterEach, describe, expect, test } from 'vitest'
import { localDoor } from '../../core/api/doors.ts'
import { isFault } from '../../core/base/fault.ts'
import { silentLog } from '../../core/base/log.ts'
import { LocalServer } from '../../main/local/server.ts'
import { ask } from '../support/http.ts'
import { LocalPage } from '../support/local-page.ts'
import { ManualClock } from '../support/manual-clock.ts'

const pages: LocalPage[] = []
const start = async (...options: Parameters<typeof LocalPage.start>): Promise<LocalPage> => {
  const page = await LocalPage.start(...options)
  pages.push(page)
  return page
}
afterEach(async () => {
  for (const page of pages.splice(0)) await page.stop()
})

describe('a link', () => {
  test('has 32 random bytes in its fragment, and is good once', async () => {
    const page = await start()
    const link = new URL(page.server.newLink())
    expect(link.origin).toBe(page.origin)
    expect(link.pathname + link.search).toBe('/')
    expect(Buffer.from(link.hash.slice(1), 'base64url')).toHaveLength(32)

    const first = await page.exchange(link.hash.slice(1))
    expect(first.status).toBe(200)
    expect(first.headers['set-cookie']).toBeUndefined()
    expect(Buffer.from(first.body, 'base64url')).toHaveLength(32)
    const second = await page.exchange(link.hash.slice(1))
    expect([second.status, second.body]).toEqual([403, ''])
  })

  test('opens a session for any number of tabs', async () => {
    const page = await start()
    const secret = await page.enter()
    const sockets = await Promise.all([page.open(secret), page.open(secret), page.open(secret)])
    expect(sockets.map((socket) => socket.protocol)).toEqual(Array.from({ length: 3 }, () => localDoor.protocol))
    expect(page.channels).toHaveLength(3)
  })

  test('that is newer makes the one before worthless, and ends no session', async () => {
    const page = await start()
    const secret = await page.enter()
    const old = page.newToken()
    const token = page.newToken()
    expect((await page.exchange(old)).status).toBe(403)
    expect((await page.exchange(token)).status).toBe(200)
    await page.open(secret)
  })

  test('is good for ten minutes', async () => {
    const clock = new ManualClock()
    const page = await start({ clock })
    const token = page.newToken()
    clock.advance(10 * 60_000)
    expect((await page.exchange(token)).status).toBe(403)
  })

  test('is worth nothing where it is wrong, and only so many are looked at', async () => {
    const clock = new ManualClock()
    const page = await start({ clock })
    const token = page.newToken()
    const wrong = ['', 'x', token.slice(1), `${token}x`, `${token.slice(0, -1)}_`, ' ', '\u0000']
    for (let i = 0; i < 20; i++) {
      expect(await page.exchange(wrong[i % wrong.length] ?? '')).toMatchObject({ status: 403, body: '' })
    }
    // the right one gets nothing either until a minute has passed
    expect(await page.exchange(token)).toMatchObject({ status: 429, body: '' })
    clock.advance(60_000)
    expect((await page.exchange(token)).status).toBe(200)
  })

  test('is exchanged with our own page only', async () => {
    const page = await start()
    const token = page.newToken()
    for (const headers of [
      {},
      { origin: 'null' },
      { origin: 'http://evil.example' },
      { origin: `http://localhost:${page.port}` },
      { origin: `https://127.0.0.1:${page.port}` },
      { origin: `http://127.0.0.1:${page.port}.evil.example` },
      { origin: page.origin, 'sec-fetch-site': 'cross-site' },
      { origin: page.origin, 'sec-fetch-site': 'same-site' },
    ]) {
      expect(await page.exchange(token, headers as Record<string, string>)).toMatchObject({ status: 403, body: '' })
    }
    // and none of these counted as an attempt
    expect((await page.exchange(token)).status).toBe(200)
  })

  test('is too long for no more than 128 bytes', async () => {
    const page = await start()
    expect(await page.exchange('x'.repeat(129))).toMatchObject({ status: 413, body: '' })
    const endless = await ask(page.port, {
      method: 'POST',
      path: localDoor.session,
      headers: { host: page.host, origin: page.origin, 'transfer-encoding': 'chunked' },
      body: 'x'.repeat(1_000_000),
    }).catch(() => undefined)
    expect(endless === undefined || endless.status === 413).toBe(true)
  })
})

describe('a session', () => {
  test('is known until the app stops', async () => {
    const page = await start()
    const secret = await page.enter()
    const state = (authorization?: string) =>
      ask(page.port, {
        path: localDoor.session,
        headers: { host: page.host, ...(authorization === undefined ? {} : { authorization }) },
      })
    expect((await state(`Session ${secret}`)).status).toBe(204)
    for (const header of [
      undefined,
      secret,
      `Session ${secret}x`,
      `session ${secret}`,
      'Session ',
      `Bearer ${secret}`,
    ]) {
      expect((await state(header)).status).toBe(401)
    }
    const other = await start()
    const elsewhere = await ask(other.port, {
      path: localDoor.session,
      headers: { host: other.host, authorization: `Session ${secret}` },
    })
    expect(elsewhere.status).toBe(401)
  })

  test('is needed for a socket', async () => {
    const page = await start()
    const secret = await page.enter()
    const { protocol, secret: prefix, socket } = localDoor
    const origin = { origin: page.origin }
    expect(await page.connect('')).toBe(401)
    expect(await page.connect('A'.repeat(43))).toBe(401)
    expect(await page.connect(page.newToken())).toBe(401)
    expect(await page.connect(secret, origin, socket, [protocol])).toBe(401)
    expect(await page.connect(secret, origin, socket, [`${prefix}${secret}`])).toBe(401)
    expect(await page.connect(secret, origin, socket, [protocol, `${prefix}x`, `${prefix}${secret}`])).toBe(401)
    expect(await page.connect(secret, origin, `${socket}?x`)).toBe(404)
    expect(await page.connect(secret, origin, '/')).toBe(404)
    for (const headers of [{}, { origin: 'null' }, { origin: 'http://evil.example' }, { origin: 'http://127.0.0.1' }]) {
      expect(await page.connect(secret, headers as Record<string, string>)).toBe(403)
    }
    expect(await page.connect(secret, { ...origin, host: 'evil.example' })).toBe(421)
    expect(page.channels).toHaveLength(0)
    await page.open(secret)
    expect(page.channels).toHaveLength(1)
  })
})

test('a port in use is a fault of its own', async () => {
  const page = await start()
  const second = new LocalServer({
    serve: () => {},
    assets: new Map(),
    port: page.port,
    clock: new ManualClock(),
    log: silentLog,
  })
  const error = await second.start().catch((thrown: unknown) => thrown)
  expect(isFault(error, 'port-in-use')).toBe(true)
  await second.stop()
})

test('starts again after it was stopped, on a port of 127.0.0.1 only', async () => {
  const page = await start()
  await page.server.start()
  await page.stop()
  await page.stop()
  expect(() => page.server.newLink()).toThrow('not running')
  await page.server.start()
  expect(page.server.newLink()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#[\w-]{43}$/)
})
