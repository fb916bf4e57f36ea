import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hex } from '../../core/base/bytes.ts'
import type { CommunityId } from '../../core/base/ids.ts'
import { Communities, maxNodes } from '../../core/community/communities.ts'
import { epochOf, epochStart } from '../../core/community/epoch.ts'
import { decodeLink, encodeLink, maxLinkNodes, type InviteLink } from '../../core/community/link.ts'
import { schema } from '../../core/community/schema.ts'
import { nextSecret, secretAfter } from '../../core/community/secret.ts'
import { random } from '../../core/crypto/random.ts'
import type { Database } from '../../core/database/database.ts'
import { faultOf } from '../support/faults.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { nodeAddress } from '../support/node-address.ts'
import { scratch, type Scratch } from '../support/scratch.ts'

const day = 86_400_000
const week = 7 * day
const unknown = 'f'.repeat(32) as CommunityId

let files: Scratch
let clock: ManualClock
let database: Database
let communities: Communities

beforeEach(() => {
  files = scratch()
  clock = new ManualClock()
  database = files.database('vault', schema)
  communities = new Communities(database, clock)
})
afterEach(() => files.remove())

/** Those of another person, on another device. */
function others(name = 'other'): Communities {
  return new Communities(files.database(name, schema), clock)
}

/** The epoch of the secret that lies on the disk now, read past the class. */
function stored(): number {
  return Number(database.get<{ secret_epoch: number }>('SELECT secret_epoch FROM communities')?.secret_epoch)
}

function invitation(from = communities): InviteLink {
  const { id } = from.create({ name: 'Weavers' })
  return from.invitation(id, { nodes: [nodeAddress(1)], expiresAt: clock.now() + 7 * day })
}

describe('a community', () => {
  it('is made with a network and a secret of its own, and a node on this device', () => {
    const one = communities.create({ name: 'Weavers' })
    const two = communities.create({ name: 'Weavers' })
    expect(one).toMatchObject({ name: 'Weavers', nodes: [], hosting: true, hostPort: undefined, joinedAt: clock.now() })
    expect(one.networkKey).toHaveLength(32)
    expect(hex(one.networkKey)).not.toBe(hex(two.networkKey))
    const epoch = epochOf(clock.now())
    expect(hex(communities.secretAt(one.id, epoch))).not.toBe(hex(communities.secretAt(two.id, epoch)))
    expect(hex(communities.secretAt(one.id, epoch))).not.toBe(hex(one.networkKey))
    expect(communities.hostIdentity(one.id)).toHaveLength(32)
    expect(communities.hostIdentity(one.id)).not.toEqual(communities.hostIdentity(two.id))
    expect(communities.list().map(({ id }) => id)).toEqual([one.id, two.id])
    expect(communities.get(one.id)).toEqual(one)
  })

  it('can be made on the network of a node that runs already', async () => {
    const link = { kind: 'node', networkKey: random(32), nodes: [nodeAddress(1), nodeAddress(2)] } as const
    const nodeLink = { ...link, nodes: [...link.nodes] }
    const made = communities.create({ name: 'Weavers', nodeLink })
    expect(made).toMatchObject({ hosting: false, networkKey: link.networkKey, nodes: link.nodes })
    expect(communities.hostIdentity(made.id)).toBeUndefined()
    expect(await faultOf(() => communities.create({ name: 'Again', nodeLink }))).toBe('already-member')
    expect(communities.list()).toHaveLength(1)
  })

  it('has a name of one line that cannot lie about its neighbours', async () => {
    for (const name of ['', ' Weavers', 'x'.repeat(61), 'We\nave', 'a\u202eb', 'a\u200bb', 'a\ud800', 'a\u2028b']) {
      expect(await faultOf(() => communities.create({ name }))).toBe('bad-input')
    }
    for (const name of ['W', 'Tessitrici di Vèrona', '織り手', 'نساجون', 'x'.repeat(60), '🧵 Weavers']) {
      expect(communities.create({ name }).name).toBe(name)
    }
    expect(communities.list()).toHaveLength(6)
  })

  it('is joined with an invite, and both sides derive the same secrets', async () => {
    const invite = invitation()
    const [host] = communities.list()
    const joiner = others()
    const joined = joiner.join(invite)
    expect(joined).toMatchObject({ name: 'Weavers', hosting: false, nodes: [nodeAddress(1)], joinedAt: clock.now() })
    expect(joiner.hostIdentity(joined.id)).toBeUndefined()
    for (let weeks = 0; weeks < 6; weeks++) {
      const epoch = epochOf(clock.now())
      expect(joiner.secretAt(joined.id, epoch)).toEqual(communities.secretAt(host?.id ?? unknown, epoch))
      expect(joiner.secretAt(joined.id, epoch + 1)).toEqual(nextSecret(joiner.secretAt(joined.id, epoch)))
      clock.advance(week)
    }
    expect(await faultOf(() => joiner.join({ ...invite, expiresAt: clock.now() + day }))).toBe('already-member')
    expect(joiner.list()).toHaveLength(1)
  })

  it('refuses an invite that has expired or cannot be one', async () => {
    const invite = invitation()
    const joiner = others()
    expect(await faultOf(() => joiner.join({ ...invite, name: 'a\nb' }))).toBe('invite-mangled')
    clock.advance(7 * day)
    expect(await faultOf(() => joiner.join(invite))).toBe('invite-expired')
    expect(joiner.list()).toEqual([])
  })

  it('keeps what it is told of its nodes, and nothing that is none', async () => {
    const { id } = communities.create({ name: 'Weavers' })
    communities.setNodes(id, [nodeAddress(2), nodeAddress(1), nodeAddress(2), '/ip4/10.0.0.1/tcp/1', 'nonsense'])
    expect(communities.get(id).nodes).toEqual([nodeAddress(2), nodeAddress(1)])
    communities.setNodes(
      id,
      Array.from({ length: 40 }, (_, i) => nodeAddress(i + 1)),
    )
    expect(communities.get(id).nodes).toHaveLength(maxNodes)
    communities.setHostPort(id, 4001)
    expect(communities.get(id).hostPort).toBe(4001)
    for (const port of [0, -1, 65_536, 1.5, Number.NaN]) {
      expect(await faultOf(() => communities.setHostPort(id, port))).toBe('bad-input')
    }
    communities.setNodes(id, [])
    expect(communities.get(id).nodes).toEqual([])
  })

  it('survives a restart', () => {
    const { id } = communities.create({ name: 'Weavers' })
    communities.setNodes(id, [nodeAddress(1)])
    const before = [communities.get(id), communities.hostIdentity(id), communities.secretAt(id, epochOf(clock.now()))]
    database.close()
    const again = new Communities(files.database('vault', schema), clock)
    expect([again.get(id), again.hostIdentity(id), again.secretAt(id, epochOf(clock.now()))]).toEqual(before)
  })

  it('is not found where there is none', async () => {
    for (const call of [
      () => communities.get(unknown),
      () => communities.secretAt(unknown, 1),
      () => communities.setNodes(unknown, []),
      () => communities.hostIdentity(unknown),
      () => communities.setHostPort(unknown, 1),
      () => communities.invitation(unknown, { nodes: [], expiresAt: 1 }),
    ]) {
      expect(await faultOf(call)).toBe('not-found')
    }
  })
})

describe('an invitation', () => {
  it('can be written as a link at every hour of the week, and gives away no week more than the last', () => {
    const { id } = communities.create({ name: 'Weavers' })
    for (let hour = 0; hour < 3 * 168; hour += 5) {
      const expiresAt = clock.now() + 30 * day
      const invite = communities.invitation(id, { nodes: [nodeAddress(1)], expiresAt })
      expect(decodeLink(encodeLink(invite), clock.now())).toEqual(invite)
      expect([0, 1]).toContain(epochOf(clock.now()) - invite.epoch)
      if (clock.now() - epochStart(epochOf(clock.now())) > day) expect(invite.epoch).toBe(epochOf(clock.now()))
      clock.advance(5 * 3_600_000)
    }
  })

  it('names as many nodes as a link can hold', () => {
    const { id } = communities.create({ name: 'Weavers' })
    const nodes = Array.from({ length: 40 }, (_, i) => nodeAddress(i + 1))
    const invite = communities.invitation(id, { nodes, expiresAt: clock.now() + day })
    expect(invite.nodes).toEqual(nodes.slice(0, maxLinkNodes))
    expect(encodeLink(invite).length).toBeLessThanOrEqual(4096)
  })

  it('is good for a joiner whose clock is a day behind or ahead', () => {
    clock.advance(epochStart(epochOf(clock.now()) + 1) - clock.now() + 1)
    const invite = invitation()
    clock.advance(-day + 1)
    const slow = others('slow')
    const { id } = slow.join(invite)
    expect(slow.secretAt(id, epochOf(clock.now()))).toEqual(invite.secret)
    expect(slow.invitation(id, { nodes: [], expiresAt: clock.now() + day }).secret).toEqual(invite.secret)
  })
})

describe('the secret of a community', () => {
  it('goes forward only: nothing before the first one known', async () => {
    const { id } = communities.create({ name: 'Weavers' })
    expect(await faultOf(() => communities.secretAt(id, epochOf(clock.now()) - 2))).toBe('not-found')
    for (const epoch of [1.5, Number.NaN, 1e9, Number.POSITIVE_INFINITY]) {
      expect(await faultOf(() => communities.secretAt(id, epoch))).toBe('bad-input')
    }
  })

  it('is kept while boxes of its epoch may live, and then forgotten for good', async () => {
    const { id } = communities.create({ name: 'Weavers' })
    const first = epochOf(clock.now())
    const secret = communities.secretAt(id, first)
    const death = epochStart(first + 1) + 15 * day
    for (; clock.now() < death; clock.advance(day / 2)) expect(communities.secretAt(id, first)).toEqual(secret)
    // the clock has to say it for two days running
    for (let days = 0; days < 3; days++) {
      communities.secretAt(id, first + 3)
      clock.advance(day)
    }
    expect(await faultOf(() => communities.secretAt(id, first))).toBe('not-found')
    expect(stored()).toBe(first + 1)
    expect(communities.secretAt(id, first + 1)).toEqual(nextSecret(secret))
    expect(communities.secretAt(id, first + 9)).toEqual(secretAfter(secret, 9))
  })

  it('is not thrown away because a clock went wrong for an hour', () => {
    const { id } = communities.create({ name: 'Weavers' })
    const now = epochOf(clock.now())
    const secret = communities.secretAt(id, now)
    clock.advance(500 * week)
    expect(communities.secretAt(id, now + 500)).toEqual(secretAfter(secret, 500))
    clock.advance(3_600_000)
    communities.secretAt(id, now + 500)
    clock.advance(-500 * week)
    expect(communities.secretAt(id, now)).toEqual(secret)
    clock.advance(2 * day)
    expect(communities.secretAt(id, now)).toEqual(secret)
    expect(stored()).toBe(now)
  })

  it('stays what it is through years away', () => {
    const { id } = communities.create({ name: 'Weavers' })
    const then = epochOf(clock.now())
    const secret = communities.secretAt(id, then)
    clock.advance(150 * week)
    for (let days = 0; days < 3; days++, clock.advance(day)) communities.secretAt(id, then + 150)
    expect(stored()).toBeGreaterThan(then + 140)
    expect(communities.secretAt(id, then + 151)).toEqual(secretAfter(secret, 151))
  })
})
