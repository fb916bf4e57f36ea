import type { CommunityView, InviteView } from '../api/views.ts'
import type { AppState } from './app-state.ts'
import { equal } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import type { CommunityId } from '../base/ids.ts'
import { usableAddresses } from '../community/address.ts'
import { decodeLink, encodeLink, maxLinkNodes, type InviteLink, type NodeLink } from '../community/link.ts'

const day = 86_400_000

/** Makes a community, and takes part in it. */
export async function createCommunity(
  app: AppState,
  wish: { name: string; nodeLink?: string | undefined },
): Promise<CommunityView> {
  const session = app.session()
  const node = wish.nodeLink === undefined ? undefined : readNodeLink(app, wish.nodeLink)
  const { id } = session.communities.create({ name: wish.name, ...(node === undefined ? {} : { nodeLink: node }) })
  await session.enter(id)
  return session.communityView(id)
}

/** What a link says of a community, without joining it. */
export function inspect(app: AppState, text: string): InviteView {
  const link = readInvite(app, text)
  const alreadyMember = app
    .session()
    .communities.list()
    .some(({ networkKey }) => equal(networkKey, link.networkKey))
  return { communityName: link.name, expiresAt: link.expiresAt, nodes: countNodes(link.nodes), alreadyMember }
}

export async function join(app: AppState, text: string): Promise<CommunityView> {
  const session = app.session()
  const { id } = session.communities.join(readInvite(app, text))
  await session.enter(id)
  return session.communityView(id)
}

/** A link that lets whoever holds it join: the network key, this epoch's secret and where the nodes are. */
export function invite(app: AppState, id: CommunityId, days: number): { link: string; expiresAt: number } {
  const session = app.session()
  const expiresAt = app.clock.now() + days * day
  const nodes = session.membership(id).nodes()
  const charter = session.charters.edition(id)
  return { link: encodeLink(session.communities.invitation(id, { nodes, expiresAt, charter })), expiresAt }
}

/** For the operator of a community node: the network key, and not the secret. */
export function nodeLink(app: AppState, id: CommunityId): { link: string } {
  const session = app.session()
  const { networkKey } = session.communities.get(id)
  const nodes = usableAddresses(session.membership(id).nodes(), maxLinkNodes)
  return { link: encodeLink({ kind: 'node', networkKey, nodes }) }
}

/** @throws Fault `wrong-network-key` where the node belongs to another community */
export async function addNode(app: AppState, id: CommunityId, text: string): Promise<CommunityView> {
  const session = app.session()
  const { networkKey, nodes } = session.communities.get(id)
  const link = readNodeLink(app, text)
  if (!equal(link.networkKey, networkKey)) throw new Fault('wrong-network-key', 'The node belongs to another community')
  session.communities.setNodes(id, [...new Set([...link.nodes, ...nodes])])
  await session.membership(id).node.reconnect()
  return session.communityView(id)
}

function readInvite(app: AppState, text: string): InviteLink {
  const link = decodeLink(text, app.clock.now())
  if (link.kind !== 'invite') throw new Fault('invite-mangled', 'This link is for operators of a community node')
  return link
}

function readNodeLink(app: AppState, text: string): NodeLink {
  const link = decodeLink(text, app.clock.now())
  if (link.kind !== 'node') throw new Fault('invite-mangled', 'This link is an invite and not a node link')
  return link
}

/** A node may have several addresses; each ends with its peer id. */
function countNodes(addresses: readonly string[]): number {
  return new Set(addresses.map((address) => address.slice(address.lastIndexOf('/')))).size
}
