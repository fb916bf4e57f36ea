import type { ComponentLogger, Logger } from '@libp2p/interface'

/**
 * libp2p's logger, with nothing said.
 *
 * Its lines hold peer ids, addresses, places (kad-dht puts the key that is
 * looked up even into the component's name) and, where `DUMP_SESSION_KEYS` is
 * set, noise's private keys. There is no redacting that: what is worth knowing
 * is written to our own log by our own code.
 */
export const quiet: ComponentLogger = { forComponent: () => silence }

const silence: Logger = Object.assign((): void => {}, {
  error: (): void => {},
  trace: (): void => {},
  enabled: false,
  newScope: (): Logger => silence,
})
