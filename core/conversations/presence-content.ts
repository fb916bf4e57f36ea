import { z } from 'zod'
import type { Bytes } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { Fault } from '../base/fault.ts'
import { maxResetRecord } from '../ratchet/reset-record.ts'

/** More than this is never published and never read. */
export const maxAddresses = 8
export const maxAddressLength = 384

const maxBytes = 4000

const presenceV1 = z.strictObject({
  v: z.literal(1),
  /** When it was written, ms since 1970 by the writer's clock; a later one is higher. In here, so that no node sees a clock. */
  at: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  /** Multiaddrs as text, each ending in the writer's PeerId of this session. */
  addresses: z.array(z.string().min(1).max(maxAddressLength)).max(maxAddresses),
  /** How many messages of the other were saved without a gap: the acknowledgement that works while they are away. */
  ack: z.number().int().min(0).max(0xffff_ffff),
  /** Whether the writer lets the reader learn their address. */
  direct: z.boolean(),
  /** Which generation of keys the writer uses, where it is not that of the introduction. */
  keys: z.number().int().min(1).max(0xffff_ffff).optional(),
  /** A step of a session reset (core/ratchet/reset-record.ts). */
  reset: z
    .instanceof(Uint8Array<ArrayBuffer>)
    .refine((record) => record.length > 0 && record.length <= maxResetRecord)
    .optional(),
})

const anyPresence = z.looseObject({ v: z.number().int() })

/** What one side tells the other in its presence box. */
export interface Presence {
  readonly at: number
  readonly addresses: readonly string[]
  readonly ack: number
  readonly direct: boolean
  /** Generation of the writer's keys; undefined for those of the introduction. */
  readonly keys?: number | undefined
  readonly reset?: Bytes | undefined
}

/** Addresses that do not fit beside the rest are left out, the last first. */
export function encodePresence({ at, addresses, ack, direct, keys, reset }: Presence): Bytes {
  const rest = {
    v: 1,
    at,
    ack,
    direct,
    ...(keys === undefined ? {} : { keys }),
    ...(reset === undefined ? {} : { reset }),
  }
  for (let count = addresses.length; ; count--) {
    const bytes = encodeCbor({ ...rest, addresses: addresses.slice(0, count) })
    if (bytes.length <= maxBytes || count === 0) return bytes
  }
}

/** @throws Fault `unknown-version`, `malformed`, `too-large` */
export function decodePresence(bytes: Uint8Array): Presence {
  if (decodeCbor(bytes, anyPresence, maxBytes).v !== 1) {
    throw new Fault('unknown-version', 'A presence of a newer version')
  }
  // from the bytes again: a loose object has lost a key named __proto__
  const { at, addresses, ack, direct, keys, reset } = decodeCbor(bytes, presenceV1, maxBytes)
  return {
    at,
    addresses,
    ack,
    direct,
    ...(keys === undefined ? {} : { keys }),
    ...(reset === undefined ? {} : { reset }),
  }
}
