import {
  groupDecrypt,
  groupEncrypt,
  processSenderKeyDistributionMessage,
  SenderKeyDistributionMessage,
  SenderKeyMessage,
  SenderKeyRecord,
  type SenderKeyStore,
} from '@signalapp/libsignal-client'
import { copy, hex, type Bytes } from '../base/bytes.ts'
import { Fault, isFault } from '../base/fault.ts'
import type { Database } from '../database/database.ts'
import { addressOf, type Staged } from './session.ts'
import { maxCiphertext } from './step.ts'

/** One member's chain of keys in a group, which that member writes with and all others read. */
export interface ChainRef {
  /** Whose copy of the group: one vault may be in it twice. */
  readonly owner: string
  /** 16 bytes, which name the chain for all: libsignal's distribution id. */
  readonly chain: Bytes
}

/** Longer ones are refused before libsignal sees them; its own is 96 bytes. */
export const maxChainKey = 128
/** As far ahead of the last message read may one be: libsignal itself would go 25,000 steps for one message. */
export const maxStepsAhead = 256

interface Stored {
  readonly record: Bytes
  readonly revision: number
}

/**
 * libsignal's group cipher: Sender Keys. As with `Ratchet`, a step is staged,
 * and changes nothing until it is committed together with what the caller saves
 * because of it: no crash can have a key used twice.
 */
export class SenderKeys {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Begins an own chain. @returns what its readers need, from its first message on @throws Fault `wrong-state` where it was begun */
  async begin(of: ChainRef): Promise<Staged<Bytes>> {
    const stage = new ChainStage(this.#database, of)
    if (stage.isBegun) throw new Fault('wrong-state', 'A chain of this name was begun already')
    const message = await stage.run((store) =>
      SenderKeyDistributionMessage.create(addressOf(stage.name), stage.id, store),
    )
    return { value: copy(message.serialize()), commit: () => stage.commit() }
  }

  /** @returns a SenderKeyMessage, and its number in the chain @throws Fault `not-found` where the chain was not begun */
  async encrypt(
    of: ChainRef,
    plaintext: Uint8Array,
  ): Promise<Staged<{ readonly ciphertext: Bytes; readonly index: number }>> {
    const stage = new ChainStage(this.#database, of)
    if (!stage.isBegun) throw new Fault('not-found', 'No such chain')
    const message = await stage.run((store) => groupEncrypt(addressOf(stage.name), stage.id, store, copy(plaintext)))
    const ciphertext = copy(message.serialize())
    const index = SenderKeyMessage.deserialize(ciphertext).iteration()
    return { value: { ciphertext, index }, commit: () => stage.commit() }
  }

  /**
   * Takes the key of another's chain. One that is here already stays: a member
   * cannot begin a second chain of the same name.
   *
   * @throws Fault `unreadable` where it is no such key, or of another chain, or not from its beginning
   */
  async accept(of: ChainRef, key: Uint8Array): Promise<Staged<void>> {
    const stage = new ChainStage(this.#database, of)
    if (stage.isBegun) throw new Fault('unreadable', 'A second key for a chain')
    if (key.length > maxChainKey) throw new Fault('unreadable', 'A key of a chain that is too long')
    await stage.run((store) => {
      const message = SenderKeyDistributionMessage.deserialize(copy(key))
      if (message.distributionId() !== stage.id || message.iteration() !== 0) throw wrongChain()
      return processSenderKeyDistributionMessage(addressOf(stage.name), message, store)
    })
    return { value: undefined, commit: () => stage.commit() }
  }

  /** Whether a chain was begun, or its key was taken. */
  has(of: ChainRef): boolean {
    return new ChainStage(this.#database, of).isBegun
  }

  /**
   * @param index that the message must have
   * @param next of the first message of the chain that was not read: how far libsignal steps is checked before it does
   * @throws Fault `unreadable` (changed, repeated, of another chain or another number, too far ahead), `not-found` (no key yet)
   */
  async decrypt(
    of: ChainRef,
    ciphertext: Bytes,
    { index, next }: { readonly index: number; readonly next: number },
  ): Promise<Staged<Bytes>> {
    const stage = new ChainStage(this.#database, of)
    if (!stage.isBegun) throw new Fault('not-found', 'No such chain')
    if (ciphertext.length > maxCiphertext) throw new Fault('unreadable', 'A ciphertext that is too long')
    if (index >= next + maxStepsAhead) throw new Fault('unreadable', 'A message too far ahead')
    const plaintext = await stage.run((store) => {
      const message = SenderKeyMessage.deserialize(ciphertext)
      if (message.distributionId() !== stage.id || message.iteration() !== index) throw wrongChain()
      return groupDecrypt(addressOf(stage.name), store, ciphertext)
    })
    return { value: copy(plaintext), commit: () => stage.commit() }
  }
}

/** One step of a chain: reads come from the vault, writes stay in memory until `commit`. */
class ChainStage {
  readonly #database: Database
  readonly #owner: string
  readonly name: string
  /** As libsignal writes it. */
  readonly id: string
  readonly #before: Stored | undefined
  #record: SenderKeyRecord | undefined
  #failure: unknown

  constructor(database: Database, { owner, chain }: ChainRef) {
    if (chain.length !== 16) throw new RangeError('chain: expected 16 bytes')
    this.#database = database
    this.#owner = owner
    this.name = hex(chain)
    this.id = [...this.name.matchAll(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/g)].flatMap((parts) => parts.slice(1)).join('-')
    this.#before = database.get<{ record: Bytes; revision: number }>(
      'SELECT record, revision FROM ratchet_sender_keys WHERE owner = ? AND chain = ?',
      [owner, this.name],
    )
  }

  get isBegun(): boolean {
    return this.#before !== undefined
  }

  /** Runs libsignal. Its errors name addresses: they are not kept as cause. */
  async run<Result>(call: (store: SenderKeyStore) => Promise<Result>): Promise<Result> {
    const store: SenderKeyStore = {
      getSenderKey: () =>
        this.#kept(() => {
          if (this.#record !== undefined) return this.#record
          return this.#before === undefined ? null : SenderKeyRecord.deserialize(this.#before.record)
        }),
      saveSenderKey: (_address, id, record) =>
        this.#kept(() => {
          if (id !== this.id) throw wrongChain()
          this.#record = record
        }),
    }
    try {
      return await call(store)
    } catch (error) {
      if (this.#failure !== undefined) throw this.#failure
      if (isFault(error)) throw error
      throw new Fault('unreadable', 'The group cipher cannot take this message')
    }
  }

  /**
   * The chain must still be as it was when the step began: two steps from one
   * state would use the same key twice. @throws Fault `internal`
   */
  commit(): void {
    if (this.#record === undefined) throw new Fault('internal', 'A step of a chain that changed nothing')
    const key = [this.#owner, this.name] as const
    const record = this.#record.serialize()
    this.#record = undefined
    const changed =
      this.#before === undefined
        ? this.#database.run(
            'INSERT INTO ratchet_sender_keys (owner, chain, record, revision) VALUES (?, ?, ?, 1) ON CONFLICT DO NOTHING',
            [...key, record],
          )
        : this.#database.run(
            'UPDATE ratchet_sender_keys SET record = ?, revision = revision + 1 WHERE owner = ? AND chain = ? AND revision = ?',
            [record, ...key, this.#before.revision],
          )
    if (changed !== 1) throw new Fault('internal', 'A chain changed between staging and commit')
  }

  async #kept<Result>(call: () => Result): Promise<Result> {
    try {
      return call()
    } catch (error) {
      this.#failure ??= error
      throw error
    }
  }
}

function wrongChain(): Fault<'unreadable'> {
  return new Fault('unreadable', 'A message of another chain, or of another number')
}
