import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localDoor } from '../../core/api/doors.ts'
import { launchBrowser } from '../support/browser.ts'
import { describeInBrowser } from '../support/describe-in-browser.ts'
import { OwnProcess } from '../support/processes.ts'

/** The local page in a real browser: what our page may do there, and what others may do to it. */
describeInBrowser('the local page in a browser', () => {
  let directory = ''
  let app: OwnProcess
  let link: URL
  let browser: Browser
  let person: BrowserContext
  let page: Page
  let evil: Server
  let evilOrigin = ''
  const complaints: string[] = []

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'page-'))
    app = new OwnProcess('main/start.ts', ['--no-open', '--data', directory])
    const [text] = await app.line(/http:\/\/127\.0\.0\.1:\d+\/#[\w-]{43}$/)
    link = new URL(text)
    evil = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html')
      response.end('<!doctype html><title>evil</title>')
    })
    await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve))
    evilOrigin = `http://127.0.0.1:${(evil.address() as AddressInfo).port}`
    browser = await launchBrowser()
    person = await browser.newContext()
    page = await person.newPage()
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(link.href)
    await page.getByRole('button').first().waitFor()
  })
  afterAll(async () => {
    await browser?.close()
    evil?.close()
    await app?.stop()
    rmSync(directory, { recursive: true, force: true })
  })

  test('opens by its link, which is gone from the address at once, and breaks no rule of its own', async () => {
    expect(page.url()).toBe(`${link.origin}/`)
    expect(await page.evaluate(() => window.history.length)).toBeLessThanOrEqual(2)
    expect(complaints).toEqual([])
    expect(await person.cookies()).toEqual([])
  })

  test('a reload and a second tab are the same session', async () => {
    await page.reload()
    await page.getByRole('button').first().waitFor()
    const tab = await person.newPage()
    await tab.goto(link.origin)
    await tab
      .getByLabel(/passphrase/i)
      .first()
      .waitFor()
    await tab.close()
  })

  test('a used link, or none, is no way in', async () => {
    const stranger = await browser.newContext()
    for (const address of [link.href, link.origin]) {
      const tab = await stranger.newPage()
      await tab.goto(address)
      await tab
        .getByText(/new link/i)
        .first()
        .waitFor()
      expect(await tab.getByLabel(/passphrase/i).count()).toBe(0)
    }
    await stranger.close()
  })

  test('our page runs nothing inline and asks nobody else', async () => {
    const done = await page.evaluate(async (elsewhere) => {
      const tries: Record<string, boolean> = {}
      try {
        const script = document.createElement('script')
        script.textContent = 'globalThis.ran = true'
        document.head.append(script)
      } catch {
        // trusted types refuse the text already
      }
      tries['inline script'] = 'ran' in globalThis
      const image = (url: string): Promise<boolean> =>
        new Promise((resolve) => {
          const element = new Image()
          element.addEventListener('load', () => resolve(true))
          element.addEventListener('error', () => resolve(false))
          element.src = url
        })
      tries['image'] = await image(`${elsewhere}/x.png`)
      tries['data image'] = await image('data:image/gif;base64,R0lGODlhAQABAAAAACw=')
      tries['fetch'] = await fetch(elsewhere, { mode: 'no-cors' }).then(
        () => true,
        () => false,
      )
      tries['socket'] = await new Promise<boolean>((resolve) => {
        const socket = new WebSocket(elsewhere.replace('http', 'ws'))
        socket.addEventListener('open', () => resolve(true))
        socket.addEventListener('error', () => resolve(false))
      }).catch(() => false)
      tries['worker'] = await navigator.serviceWorker.register('/icon.svg').then(
        () => true,
        () => false,
      )
      return tries
    }, evilOrigin)
    expect(Object.entries(done).filter(([, went]) => went)).toEqual([])
  })

  test('a page of another origin gets nothing, not even with the secret, and not even that we are here', async () => {
    const secret = await page.evaluate((key) => localStorage.getItem(key), localDoor.storageKey)
    expect(secret).toMatch(/^[\w-]{43}$/)
    const script = await page.evaluate(() => document.querySelector('script[src]')?.getAttribute('src') ?? '')
    const tab = await person.newPage()
    await tab.goto(evilOrigin)
    const found = await tab.evaluate(
      async ({ origin, path, door, stolen }) => {
        const outcome = (promise: Promise<unknown>): Promise<string> =>
          promise.then(
            () => 'got',
            () => 'nothing',
          )
        const load = (url: string): Promise<string> =>
          new Promise((resolve) => {
            const element = document.createElement('script')
            element.addEventListener('load', () => resolve('got'))
            element.addEventListener('error', () => resolve('nothing'))
            element.src = url
            document.head.append(element)
          })
        return {
          read: await outcome(fetch(`${origin}/`)),
          enter: await outcome(fetch(`${origin}${door.session}`, { method: 'POST', body: stolen })),
          asked: await outcome(
            fetch(`${origin}${door.session}`, { headers: { authorization: `${door.scheme}${stolen}` } }),
          ),
          script: await load(new URL(path, `${origin}/`).href),
          nothing: await load(`${origin}/nothing.js`),
          socket: await new Promise<string>((resolve) => {
            const socket = new WebSocket(`${origin.replace('http', 'ws')}${door.socket}`, [
              door.protocol,
              `${door.secret}${stolen}`,
            ])
            socket.addEventListener('open', () => resolve('got'))
            socket.addEventListener('error', () => resolve('nothing'))
          }),
        }
      },
      { origin: link.origin, path: script, door: localDoor, stolen: secret ?? '' },
    )
    expect([...new Set(Object.values(found))]).toEqual(['nothing'])

    await tab.evaluate((origin) => {
      const frame = document.createElement('iframe')
      frame.src = origin
      document.body.append(frame)
      return new Promise((resolve) => frame.addEventListener('load', resolve))
    }, link.origin)
    expect(tab.frames().map((frame) => frame.url())).not.toContain(`${link.origin}/`)
    await tab.close()
  })
})
