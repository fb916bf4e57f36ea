import type { AppEvent } from '../api/events.ts'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Clients } from '../boxes/clients.ts'
import type { Communities } from '../community/communities.ts'
import { introductionWorkBits } from '../crypto/memory-work.ts'
import type { Database } from '../database/database.ts'
import { Editions } from '../offers/editions.ts'
import { OwnOffers } from '../offers/own-offers.ts'
import { SeenOffers } from '../offers/seen-offers.ts'
import { Shown } from '../disclosure/shown.ts'
import { Cards } from '../personas/cards.ts'
import type { Personas } from '../personas/personas.ts'
import type { Ratchet } from '../ratchet/ratchet.ts'
import { Acceptances } from './acceptances.ts'
import { ReceivedIntroductions } from './received.ts'
import { SentIntroductions } from './sent.ts'
import { Tokens } from './tokens.ts'

export interface IntroductionsOptions {
  readonly database: Database
  readonly communities: Communities
  readonly personas: Personas
  readonly ratchet: Ratchet
  readonly clients: Clients
  readonly clock: Clock
  readonly emit: (event: AppEvent) => void
  readonly log: Log
  /** Of the memory-hard work; the same on both sides. Tests set less. */
  readonly workBits?: number
}

/** What the parts of this folder share: the options, and the tables. */
export interface Context extends IntroductionsOptions {
  readonly workBits: number
  readonly cards: Cards
  readonly shown: Shown
  readonly own: OwnOffers
  readonly editions: Editions
  readonly seen: SeenOffers
  readonly sent: SentIntroductions
  readonly received: ReceivedIntroductions
  readonly acceptances: Acceptances
  readonly tokens: Tokens
}

export function contextOf(options: IntroductionsOptions): Context {
  const { database, workBits = introductionWorkBits } = options
  return {
    ...options,
    workBits,
    cards: new Cards(database),
    shown: new Shown(database),
    own: new OwnOffers(database),
    editions: new Editions(options),
    seen: new SeenOffers(database),
    sent: new SentIntroductions(database),
    received: new ReceivedIntroductions(database),
    acceptances: new Acceptances(database),
    tokens: new Tokens(database),
  }
}
