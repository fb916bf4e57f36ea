import { systemClock } from '../../core/base/clock.ts'
import type { CommunityId, PersonaId } from '../../core/base/ids.ts'
import { silentLog } from '../../core/base/log.ts'
import { Poller } from '../../core/boxes/poller.ts'
import { Member } from './member.ts'
import type { Scratch } from './scratch.ts'
import type { TestMember, Testnet } from './testnet.ts'

/** A person in a community over real nodes, with a vault and a libp2p node of their own. */
export interface Networked {
  readonly member: Member
  readonly network: TestMember
  readonly poller: Poller
  readonly communityId: CommunityId
  readonly personaId: PersonaId
}

export interface NetworkedOptions {
  readonly net: Testnet
  readonly files: Scratch
  /** Of the memory-hard work. */
  readonly workBits: number
}

/** Founds a community, or joins that of `joins`. The poller looks when it is told to. */
export async function networked(
  { net, files, workBits }: NetworkedOptions,
  name: string,
  joins?: Networked,
): Promise<Networked> {
  const network = await net.member()
  const member = new Member({ files, name, clock: systemClock, client: () => network.client, workBits })
  const place = joins === undefined ? member.found(name) : member.join(joins.member, joins.communityId, name)
  const poller = new Poller({ client: network.client, clock: systemClock, log: silentLog })
  poller.addSource(member.introductions.sources(place.communityId))
  await member.start()
  return { member, network, poller, ...place }
}
