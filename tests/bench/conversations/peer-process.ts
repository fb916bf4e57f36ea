import { json } from 'node:stream/consumers'
import HyperDHT from 'hyperdht'
import createTestnet from 'hyperdht/testnet.js'
import { z } from 'zod'
import { fromHex, hex } from '../../../core/base/bytes.ts'
import type { ConversationId } from '../../../core/base/ids.ts'
import { Database } from '../../../core/database/database.ts'
import { migrate } from '../../../core/database/migrations.ts'
import { Talker } from '../../support/talker.ts'
import { startMember } from '../../support/testnet.ts'
import { answerOn } from '../raw.ts'
import { asks } from './asks.ts'

/*
 * The other of a pair, as a process of its own, as `LivePair` starts it. Answers
 * what asks for an answer, and sends back what comes over raw libp2p and hyperdht.
 */
const input = z
  .strictObject({
    networkKey: z.string(),
    addresses: z.array(z.string()),
    path: z.string(),
    key: z.string(),
    conversationId: z.string(),
    direct: z.boolean(),
  })
  .parse(await json(process.stdin))
const { addresses, path, key, direct } = input
const networkKey = fromHex(input.networkKey)
const conversationId = input.conversationId as ConversationId

let answered = ''
const mentor = new Talker({
  name: 'mentor',
  net: { addresses, member: (wish) => startMember({ networkKey, addresses, ...wish }) },
  files: {
    database(_, schema) {
      const database = Database.open(path, fromHex(key))
      migrate(database, schema)
      return database
    },
  },
})
mentor.onEvent = ({ type }) => {
  if (type !== 'messages') return
  const [last] = mentor.conversations.messages({ conversationId, limit: 1 })
  if (last === undefined || last.mine || last.id === answered || !asks(last.text)) return
  answered = last.id
  void mentor.say(conversationId, last.text)
}
await mentor.start(direct ? 'direct' : 'relay')
if (direct) mentor.conversations.allowDirect({ conversationId, allowed: true })
await answerOn(mentor.node.libp2p)

const { bootstrap } = await createTestnet(3, { bootstrap: [] })
const dht = new HyperDHT({ bootstrap, ephemeral: true, host: '127.0.0.1' })
const keyPair = HyperDHT.keyPair()
await dht.createServer((socket) => socket.on('error', () => {}).pipe(socket)).listen(keyPair)

console.log(
  `ready ${JSON.stringify({ peer: mentor.node.libp2p.peerId.toString(), hyper: hex(keyPair.publicKey), bootstrap })}`,
)
for (;;) {
  await mentor.check().catch(() => {})
  await new Promise((resolve) => setTimeout(resolve, mentor.channel(conversationId) === 'none' ? 200 : 60_000))
}
