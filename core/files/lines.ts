import type { Connection } from '@libp2p/interface'
import type { ConversationId } from '../base/ids.ts'
import type { MemberNode } from '../network/member-node.ts'

/**
 * Connections on which a live channel is open. Both ends of such a channel have
 * shown that they hold their conversation's secret, bound to the connection:
 * only there does a file of that conversation move.
 */
export interface Lines {
  readonly libp2p: MemberNode['libp2p']
  /** What a connection carries channels of. */
  over(connection: Connection): readonly ConversationId[]
  /** What carries the channel of a conversation. */
  connection(id: ConversationId): Connection | undefined
}
