import { Fault } from '../base/fault.ts'
import type { CommunityId } from '../base/ids.ts'
import type { BoxClient } from './client.ts'

/** The box network of a community, where it is reached. */
export type Clients = (communityId: CommunityId) => BoxClient | undefined

/** @throws Fault `unreachable` */
export function clientOf(clients: Clients, communityId: CommunityId): BoxClient {
  const client = clients(communityId)
  if (client === undefined) throw new Fault('unreachable', 'The community is not reached yet', { retryable: true })
  return client
}
