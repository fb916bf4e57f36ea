import type { Frame } from './frames.ts'
import { Initiator, Responder, type Ends, type PairSecret } from './handshake.ts'

/** The two things that a handshake needs of a wire. */
interface Spoken {
  read(signal: AbortSignal): Promise<Frame>
  write(frame: Frame, signal: AbortSignal): Promise<void>
}

/** @throws Fault `bad-signature`, `malformed`, `unreachable` where the other side closed without a word */
export async function initiate(wire: Spoken, secret: PairSecret, ends: Ends, signal: AbortSignal): Promise<void> {
  const initiator = new Initiator(secret, ends)
  await wire.write(initiator.hello, signal)
  await wire.write(initiator.confirm(await wire.read(signal)), signal)
}

/**
 * @param known every conversation that the stream could be for
 * @returns the one that it is for, undefined where there is none: close then, without a word
 * @throws Fault `bad-signature`, `malformed`, `unreachable`
 */
export async function respond<Known extends PairSecret>(
  wire: Spoken,
  known: Iterable<Known>,
  ends: Ends,
  signal: AbortSignal,
): Promise<Known | undefined> {
  const responder = Responder.find(await wire.read(signal), ends, known)
  if (responder === undefined) return undefined
  await wire.write(responder.answer, signal)
  responder.check(await wire.read(signal))
  return responder.known
}
