import { RPCLink } from '@orpc/client/websocket'
import { localDoor } from '../../core/api/doors.ts'
import type { Door, Line } from './connection.ts'

/** The way to core from a browser on the same machine; core/api/doors.ts says how it goes. */
export class LocalDoor implements Door {
  #token = takeToken()
  /** Where storage is refused (a very private window), this tab alone knows the secret. */
  #secret = stored()

  async dial(): Promise<Line | 'stopped' | 'unknown'> {
    try {
      await this.#useToken()
      const secret = stored() ?? this.#secret
      if (secret === undefined) return 'unknown'
      const line = await open(secret)
      if (line !== undefined) return line
      const answer = await fetch(localDoor.session, { headers: { authorization: localDoor.scheme + secret } })
      return answer.status === 401 ? 'unknown' : 'stopped'
    } catch {
      return 'stopped'
    }
  }

  onHint(listener: () => void): void {
    window.addEventListener('hashchange', () => {
      this.#token = takeToken() ?? this.#token
      listener()
    })
    window.addEventListener('storage', ({ key }) => {
      if (key === localDoor.storageKey) listener()
    })
    window.addEventListener('online', listener)
    document.addEventListener('visibilitychange', listener)
  }

  async #useToken(): Promise<void> {
    if (this.#token === undefined) return
    const answer = await fetch(localDoor.session, { method: 'POST', body: this.#token })
    // good for one use, and worthless if it was refused
    this.#token = undefined
    if (!answer.ok) return
    this.#secret = await answer.text()
    try {
      localStorage.setItem(localDoor.storageKey, this.#secret)
    } catch {
      // this tab still has it
    }
  }
}

/** Reads the one-time token and takes it out of the address bar and the history at once. */
function takeToken(): string | undefined {
  const token = window.location.hash.slice(1)
  if (token === '') return undefined
  window.history.replaceState(window.history.state, '', window.location.pathname)
  return token
}

function stored(): string | undefined {
  try {
    return localStorage.getItem(localDoor.storageKey) ?? undefined
  } catch {
    return undefined
  }
}

/** @returns undefined where the connection was refused or nobody is there; a browser does not say which */
function open(secret: string): Promise<Line | undefined> {
  return new Promise((resolve) => {
    const address = `ws://${window.location.host}${localDoor.socket}`
    const socket = new WebSocket(address, [localDoor.protocol, localDoor.secret + secret])
    const link = new RPCLink({ websocket: socket })
    const closed = new Promise<void>((end) => socket.addEventListener('close', () => end(), { once: true }))
    socket.addEventListener('open', () => resolve({ link, closed }), { once: true })
    void closed.then(() => resolve(undefined))
  })
}
