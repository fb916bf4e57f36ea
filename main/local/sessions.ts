import { base64url, equal, utf8 } from '../../core/base/bytes.ts'
import type { Clock } from '../../core/base/clock.ts'
import { random } from '../../core/crypto/random.ts'

/** Bytes of a token and of a session's secret. */
const secretBytes = 32
/** How long an unused link is good. */
const tokenLife = 10 * 60_000
/** Wrong tokens in one window of time; after that nothing is compared until the window has passed. */
const maxWrong = 20
const wrongWindow = 60_000
/** Links a person may have used in one run; the oldest session ends when there are more. */
const maxSessions = 16

/** 43 characters of base64url. */
const freshSecret = (): string => base64url(random(secretBytes))

/**
 * Who may come in by the local page.
 *
 * A token is in the link, is good for one use and ten minutes, and is exchanged
 * for a session's secret, which is good until the app stops. There is one token
 * at a time: a new link makes the one before worthless.
 */
export class Sessions {
  readonly #clock: Clock
  #token: { readonly value: string; readonly until: number } | undefined
  #secrets: readonly string[] = []
  /** When wrong tokens came, oldest first, at most `maxWrong`. */
  #wrong: number[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  newToken(): string {
    const value = freshSecret()
    this.#token = { value, until: this.#clock.now() + tokenLife }
    return value
  }

  /** Whether the last token waits to be used. */
  get waiting(): boolean {
    return this.#token !== undefined && this.#clock.now() < this.#token.until
  }

  /** @returns a session's secret, or why there is none */
  exchange(token: string): { readonly secret: string } | 'refused' | 'too-many' {
    const now = this.#clock.now()
    // a clock that was set back must not close the door for ever
    this.#wrong = this.#wrong.filter((at) => at <= now && now - at < wrongWindow)
    if (this.#wrong.length >= maxWrong) return 'too-many'
    if (this.#token === undefined || now >= this.#token.until || !same(this.#token.value, token)) {
      this.#wrong.push(now)
      return 'refused'
    }
    this.#token = undefined
    const secret = freshSecret()
    this.#secrets = [...this.#secrets, secret].slice(-maxSessions)
    return { secret }
  }

  knows(secret: string): boolean {
    let known = false
    // all are compared, so that the time does not tell which one was near
    for (const mine of this.#secrets) known = same(mine, secret) || known
    return known
  }
}

function same(mine: string, theirs: string): boolean {
  return equal(utf8(mine), utf8(theirs))
}
