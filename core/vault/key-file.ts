import { concat, equal, u32, u8, utf8, type Bytes } from '../base/bytes.ts'
import { Fault, isFault } from '../base/fault.ts'
import { Reader } from '../base/reader.ts'
import { hkdf, sha256 } from '../crypto/derive.ts'
import { saltLength, type PassphraseCost } from '../crypto/passphrase.ts'
import { random } from '../crypto/random.ts'
import { open, seal, sealOverhead } from '../crypto/seal.ts'

const version = 1
export const slotCount = 4
export const databaseKeyLength = 32
/** store number ‖ database key ‖ zeros to come. */
const payloadLength = 64
const slotLength = payloadLength + sealOverhead
const checksumLength = 32
const checksumLabel = utf8('staffetta/key-file/1')
/** version ‖ memory ‖ passes ‖ salt ‖ slots ‖ checksum */
export const keyFileLength = 1 + 4 + 4 + saltLength + slotCount * slotLength + checksumLength
/** No version's file is longer. */
export const longestKeyFile = 4096

/**
 * What the key file holds: how a passphrase is stretched, and a few slots. A
 * slot in use is sealed under a passphrase; one not in use is random bytes. They
 * cannot be told apart without the passphrase.
 */
export interface KeyFile {
  readonly cost: PassphraseCost
  readonly salt: Bytes
  /** `slotCount` of them, `slotLength` bytes each. */
  readonly slots: readonly Bytes[]
}

/** What a slot opens. */
export interface SlotContent {
  /** Which of the vault's databases: 0 is the only one of this version. */
  readonly store: number
  /** 32 random bytes. */
  readonly databaseKey: Bytes
}

/** All slots random: nothing opens it yet. */
export function emptyKeyFile(cost: PassphraseCost): KeyFile {
  return { cost, salt: random(saltLength), slots: Array.from({ length: slotCount }, () => random(slotLength)) }
}

/** @param stretched the passphrase, stretched with this file's salt and cost; 32 bytes */
export function withSlot(file: KeyFile, index: number, stretched: Uint8Array, content: SlotContent): KeyFile {
  const payload = new Uint8Array(payloadLength)
  payload[0] = content.store
  payload.set(content.databaseKey, 1)
  const slots = file.slots.with(index, seal(payload, slotKey(stretched, index)))
  payload.fill(0)
  return { ...file, slots }
}

/** Tries every slot, always. @throws Fault `wrong-passphrase`, `vault-newer` */
export function openSlot(file: KeyFile, stretched: Uint8Array): SlotContent {
  const opened = file.slots.map((slot, index) => tryOpen(slot, slotKey(stretched, index)))
  const payload = opened.find((content) => content !== undefined)
  if (payload === undefined) throw new Fault('wrong-passphrase', 'The passphrase is another one')
  const reader = new Reader(payload)
  const store = reader.u8()
  const databaseKey = reader.bytes(databaseKeyLength)
  const rest = reader.bytes(reader.left)
  payload.fill(0)
  if (rest.some((byte) => byte !== 0)) throw new Fault('vault-newer', 'The vault was written by a newer version')
  return { store, databaseKey }
}

export function encodeKeyFile({ cost, salt, slots }: KeyFile): Bytes {
  const body = concat(u8(version), u32(cost.memoryKiB), u32(cost.passes), salt, ...slots)
  if (body.length + checksumLength !== keyFileLength) throw new RangeError('key file: a field of a wrong length')
  return concat(body, checksum(body))
}

/**
 * The checksum first: a damaged file must not look like a wrong passphrase, nor
 * like a newer version. Every version keeps it at the end.
 *
 * @throws Fault `vault-damaged`, `vault-newer`
 */
export function decodeKeyFile(bytes: Uint8Array): KeyFile {
  const length = bytes.length - checksumLength
  if (length < 1 || bytes.length > longestKeyFile) throw damaged()
  const body = bytes.subarray(0, length)
  if (!equal(checksum(body), bytes.subarray(length))) throw damaged()
  const reader = new Reader(body)
  const found = reader.u8()
  if (found > version) throw new Fault('vault-newer', 'The vault was written by a newer version')
  if (found < version || bytes.length !== keyFileLength) throw damaged()
  const cost = { memoryKiB: reader.u32(), passes: reader.u32() }
  const salt = reader.bytes(saltLength)
  const slots = Array.from({ length: slotCount }, () => reader.bytes(slotLength))
  reader.end()
  return { cost, salt, slots }
}

function tryOpen(slot: Bytes, key: Bytes): Bytes | undefined {
  try {
    return open(slot, key)
  } catch (error) {
    if (isFault(error, 'unreadable')) return undefined
    throw error
  }
}

function slotKey(stretched: Uint8Array, index: number): Bytes {
  return hkdf(stretched, concat(utf8('staffetta/slot/1'), u8(index)), 32)
}

/** Against accidents only. */
function checksum(body: Uint8Array): Bytes {
  return sha256(checksumLabel, body)
}

function damaged(): Fault {
  return new Fault('vault-damaged', 'The key file is damaged')
}
