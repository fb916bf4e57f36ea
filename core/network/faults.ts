import { Fault } from '../base/fault.ts'

/**
 * What went wrong with a dial, in our words.
 *
 * A wrong network key cannot be told from inside: after pnet's nonces both
 * sides hear noise. But libp2p comes to the encryption only with somebody who
 * answered with a nonce, so whoever fails there is a private node of another
 * network, unless it is the right network and the wrong identity.
 */
export function dialFault(error: unknown): Fault {
  const failures = error instanceof AggregateError ? error.errors : [error]
  if (failures.some(failsToEncrypt)) {
    return new Fault('wrong-network-key', 'A node answers with another network key', { retryable: true })
  }
  return new Fault('unreachable', 'A community node does not answer', { retryable: true })
}

function failsToEncrypt(error: unknown): boolean {
  return error instanceof Error && error.name === 'EncryptionFailedError' && !/identity key/.test(error.message)
}

/** What went wrong with listening. The library's own words hold addresses and are not kept. */
export function listenFault(error: unknown): unknown {
  const said = error instanceof Error ? error.message : ''
  if (/EADDRINUSE/.test(said)) return new Fault('port-in-use', 'Another program listens at this port already')
  if (/EADDRNOTAVAIL|EACCES|UnsupportedListenAddress/.test(said)) {
    return new Fault('bad-input', 'This machine cannot listen at the given address')
  }
  return error
}
