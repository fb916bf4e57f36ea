import type { Clock } from '../base/clock.ts'
import { copy, type Bytes } from '../base/bytes.ts'
import { Fault, isFault } from '../base/fault.ts'
import { freshId, type CommunityId } from '../base/ids.ts'
import { random } from '../crypto/random.ts'
import { seedLength, signingKey, type SigningKey } from '../crypto/sign.ts'
import type { Database } from '../database/database.ts'
import { usableAddresses } from './address.ts'
import { epochOf } from './epoch.ts'
import { maxLinkNodes, networkKeyLength, noCharter, type CharterMark, type InviteLink, type NodeLink } from './link.ts'
import { isCommunityName } from './name.ts'
import { secretLength } from './secret.ts'
import { firstEpoch, pruneSecret, readSecret } from './secret-store.ts'

/** A community that this person is a member of. */
export interface Community {
  readonly id: CommunityId
  readonly name: string
  /** 32 bytes: closes the network, opens no box. */
  readonly networkKey: Bytes
  /** Addresses of community nodes, with `/p2p/`. */
  readonly nodes: string[]
  /** Whether this device runs a community node for it. */
  readonly hosting: boolean
  /** Where that node listened the last time: invites name it. */
  readonly hostPort: number | undefined
  /** Ed25519, 32 bytes: signs the charter. Zeros in a community that has none. */
  readonly founder: Bytes
  /** Whether that is this person. */
  readonly founded: boolean
  /** The charter that the invite named: none before it counts. */
  readonly charter: CharterMark
  /** Milliseconds since 1970. */
  readonly joinedAt: number
}

/** As many addresses as a community remembers. */
export const maxNodes = 16
/** Clocks of members differ; a secret of the week before is given out for so long into a new one. */
const clockSlack = 86_400_000

type Row = {
  id: string
  name: string
  network_key: Bytes
  hosting: number
  host_port: number | null
  founder_key: Bytes
  founded: number
  charter_version: number
  charter_digest: Bytes
  joined_at: number
}

const columns = `id, name, network_key, host_seed IS NOT NULL AS hosting, host_port, founder_key,
  founder_seed IS NOT NULL AS founded, charter_version, charter_digest, joined_at`

/** The communities of one vault. Every change is on disk when its call returns. */
export class Communities {
  readonly #database: Database
  readonly #clock: Clock

  constructor(database: Database, clock: Clock) {
    this.#database = database
    this.#clock = clock
  }

  /**
   * Makes a community with a fresh secret and a founder's key, and either a fresh network with a
   * node on this device, or the network of a node that runs already.
   *
   * @throws Fault `bad-input` (name), `already-member` (of the node's network)
   */
  create({ name, nodeLink }: { readonly name: string; readonly nodeLink?: NodeLink }): Community {
    if (!isCommunityName(name)) throw new Fault('bad-input', 'This cannot be the name of a community')
    const founderSeed = random(seedLength)
    return this.#insert({
      name,
      networkKey: nodeLink?.networkKey ?? random(networkKeyLength),
      secret: random(secretLength),
      epoch: this.#givenEpoch(),
      nodes: nodeLink?.nodes ?? [],
      hostSeed: nodeLink === undefined ? random(seedLength) : null,
      founder: signingKey(founderSeed).publicKey,
      founderSeed,
      charter: noCharter,
    })
  }

  /**
   * Joins with an invite that `decodeLink` gave.
   *
   * @throws Fault `invite-expired`, `invite-mangled` (name), `already-member`
   */
  join(invite: InviteLink): Community {
    if (invite.expiresAt <= this.#clock.now()) throw new Fault('invite-expired', 'The invite has expired')
    if (!isCommunityName(invite.name)) throw new Fault('invite-mangled', 'An invite with an unusable name')
    return this.#insert({ ...invite, hostSeed: null, founderSeed: null })
  }

  /** Those joined first come first. */
  list(): Community[] {
    return this.#database
      .all<Row>(`SELECT ${columns} FROM communities ORDER BY joined_at, rowid`)
      .map((row) => this.#read(row))
  }

  /** @throws Fault `not-found` */
  get(id: CommunityId): Community {
    const row = this.#database.get<Row>(`SELECT ${columns} FROM communities WHERE id = ?`, [id])
    if (row === undefined) throw notFound()
    return this.#read(row)
  }

  /**
   * The community's secret of an epoch, 32 bytes. Those before the person joined
   * were never theirs, and those whose boxes have expired are gone.
   *
   * @throws Fault `not-found`, `bad-input` for an epoch that no clock can mean
   */
  secretAt(id: CommunityId, epoch: number): Bytes {
    pruneSecret(this.#database, id, this.#clock.now())
    return readSecret(this.#database, id, epoch)
  }

  /** The same; undefined where it is not here: who joined this week never had that of the week before. */
  secretIfHere(id: CommunityId, epoch: number): Bytes | undefined {
    try {
      return this.secretAt(id, epoch)
    } catch (error) {
      if (isFault(error, 'not-found')) return undefined
      throw error
    }
  }

  /**
   * An invite to this community that `encodeLink` takes.
   *
   * @param wish `charter`: the one that this person has, where it is later than the one that they were invited with
   * @throws Fault `not-found`
   */
  invitation(
    id: CommunityId,
    wish: { readonly nodes: readonly string[]; readonly expiresAt: number; readonly charter?: CharterMark },
  ): InviteLink {
    const { name, networkKey, founder, charter } = this.get(id)
    const epoch = Math.max(this.#givenEpoch(), firstEpoch(this.#database, id))
    const nodes = usableAddresses(wish.nodes, maxLinkNodes)
    return {
      kind: 'invite',
      name,
      networkKey,
      epoch,
      secret: this.secretAt(id, epoch),
      founder,
      charter: wish.charter !== undefined && wish.charter.version > charter.version ? wish.charter : charter,
      nodes,
      expiresAt: wish.expiresAt,
    }
  }

  /** Replaces the known nodes; what is not the address of a node is left out. @throws Fault `not-found` */
  setNodes(id: CommunityId, nodes: readonly string[]): void {
    this.#database.transaction(() => {
      this.get(id)
      this.#writeNodes(id, nodes)
    })
  }

  /** The Ed25519 seed of the node on this device: its address must stay the same. 32 bytes. @throws Fault `not-found` */
  hostIdentity(id: CommunityId): Bytes | undefined {
    const row = this.#database.get<{ host_seed: Bytes | null }>('SELECT host_seed FROM communities WHERE id = ?', [id])
    if (row === undefined) throw notFound()
    return row.host_seed === null ? undefined : copy(row.host_seed)
  }

  /** Signs the charter; undefined where this person did not found the community. @throws Fault `not-found` */
  founderKey(id: CommunityId): SigningKey | undefined {
    const row = this.#database.get<{ founder_seed: Bytes | null }>(
      'SELECT founder_seed FROM communities WHERE id = ?',
      [id],
    )
    if (row === undefined) throw notFound()
    return row.founder_seed === null ? undefined : signingKey(row.founder_seed)
  }

  /** @throws Fault `not-found`, `bad-input` */
  setHostPort(id: CommunityId, port: number): void {
    if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Fault('bad-input', 'Not a port')
    if (this.#database.run('UPDATE communities SET host_port = ? WHERE id = ?', [port, id]) === 0) throw notFound()
  }

  #givenEpoch(): number {
    return epochOf(this.#clock.now() - clockSlack)
  }

  #insert(community: {
    readonly name: string
    readonly networkKey: Bytes
    readonly secret: Bytes
    readonly epoch: number
    readonly nodes: readonly string[]
    readonly hostSeed: Bytes | null
    readonly founder: Bytes
    readonly founderSeed: Bytes | null
    readonly charter: CharterMark
  }): Community {
    const { name, networkKey, secret, epoch, nodes, hostSeed, founder, founderSeed, charter } = community
    const now = this.#clock.now()
    return this.#database.transaction(() => {
      if (this.#database.get('SELECT 1 FROM communities WHERE network_key = ?', [networkKey]) !== undefined) {
        throw new Fault('already-member', 'The vault has this community already')
      }
      const id = freshId<CommunityId>()
      this.#database.run(
        `INSERT INTO communities
           (id, name, network_key, secret, secret_epoch, drop_below, drop_seen_at, host_seed,
            founder_key, founder_seed, charter_version, charter_digest, joined_at)
         VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?)`,
        [
          id,
          name,
          networkKey,
          secret,
          epoch,
          now,
          hostSeed,
          founder,
          founderSeed,
          charter.version,
          charter.digest,
          now,
        ],
      )
      this.#writeNodes(id, nodes)
      return this.get(id)
    })
  }

  #writeNodes(id: CommunityId, nodes: readonly string[]): void {
    this.#database.run('DELETE FROM community_nodes WHERE community_id = ?', [id])
    for (const [position, address] of usableAddresses(nodes, maxNodes).entries()) {
      this.#database.run('INSERT INTO community_nodes (community_id, position, address) VALUES (?, ?, ?)', [
        id,
        position,
        address,
      ])
    }
  }

  #read(row: Row): Community {
    const nodes = this.#database.all<{ address: string }>(
      'SELECT address FROM community_nodes WHERE community_id = ? ORDER BY position',
      [row.id],
    )
    return {
      id: row.id as CommunityId,
      name: row.name,
      networkKey: copy(row.network_key),
      nodes: nodes.map(({ address }) => address),
      hosting: row.hosting === 1,
      hostPort: row.host_port ?? undefined,
      founder: copy(row.founder_key),
      founded: row.founded === 1,
      charter: { version: row.charter_version, digest: copy(row.charter_digest) },
      joinedAt: row.joined_at,
    }
  }
}

function notFound(): Fault {
  return new Fault('not-found', 'No such community')
}
