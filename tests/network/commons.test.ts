import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BoxClient } from '../../core/boxes/client.ts'
import { nowHours } from '../../core/boxes/hours.ts'
import { headPlace } from '../../core/commons/places.ts'
import { epochOf } from '../../core/community/epoch.ts'
import { freshSigningKey } from '../../core/crypto/sign.ts'
import { bytesFor, charterSample } from '../support/charter-samples.ts'
import { eventually } from '../support/eventually.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { Member } from '../support/member.ts'
import { scratch, type Scratch } from '../support/scratch.ts'
import { startTestnet, type TestMember, type Testnet } from '../support/testnet.ts'

/*
 * A charter over real community nodes: its founder publishes it once and is not seen
 * again, another member comes by now and then, one that joins later has it.
 */

const day = 86_400_000
const clock = new ManualClock()
let files: Scratch
let net: Testnet

beforeAll(async () => {
  files = scratch()
  net = await startTestnet({ nodes: 3, workBits: 4, clock })
})
afterAll(async () => {
  await net.stop()
  files.remove()
})

async function online(name: string): Promise<{ member: Member; line: TestMember }> {
  const line = await net.member()
  await eventually(() => line.node.status().state === 'reached')
  const client = (): BoxClient => line.client
  return { member: new Member({ files, name, clock, client }), line }
}

describe('a charter between real nodes', () => {
  it('is there for who joins while its founder is away, whatever others put beside it', async () => {
    const founder = await online('founder')
    const { communityId: id } = founder.member.found('Maple Heron')
    founder.member.charters.edit(id, () => charterSample)
    await founder.member.commons.tend(id)
    await founder.line.stop()

    const keeper = await online('keeper')
    const { communityId: kept } = keeper.member.join(founder.member, id, 'Quiet River')
    for (let times = 0; times < 4; times++) {
      await keeper.member.commons.tend(kept)
      expect(keeper.member.charters.get(kept)).toEqual(charterSample)
      clock.advance(5 * day)
    }
    // every box of the founder's has expired by now
    await keeper.member.commons.tend(kept)

    const hostile = await online('hostile')
    const { communityId: theirs } = hostile.member.join(keeper.member, kept, 'Sour Plum')
    const epoch = epochOf(clock.now())
    const secret = hostile.member.communities.secretAt(theirs, epoch)
    for (const shard of [0, 1]) {
      for (const content of [bytesFor('rubbish'), new Uint8Array(4055), new Uint8Array(0)]) {
        const capability = headPlace(secret, 'charter', epoch, shard)
        const expiryHours = nowHours(clock) + 100
        const draft = { capability, author: freshSigningKey(), sequence: 1n, expiryHours, content }
        await hostile.line.client.store(await hostile.line.client.prepare(draft))
      }
    }

    const newcomer = await online('newcomer')
    const { communityId: joined } = newcomer.member.join(keeper.member, kept, 'Late Willow')
    await newcomer.member.commons.refresh(joined)
    expect(newcomer.member.charters.get(joined)).toEqual(charterSample)
  })
})
