import { json } from 'node:stream/consumers'
import { limits } from '../../../core/api/limits.ts'
import { base64url, fromHex } from '../../../core/base/bytes.ts'
import { freshId, type ConversationId, type MessageId } from '../../../core/base/ids.ts'
import { random } from '../../../core/crypto/random.ts'
import { Database } from '../../../core/database/database.ts'
import { migrate } from '../../../core/database/migrations.ts'
import { encodeOffer } from '../../../core/files/offer.ts'
import { Talker } from '../../support/talker.ts'
import { startMember } from '../../support/testnet.ts'
import { bulkProtocol, fileInput } from './file-input.ts'

/*
 * Whoever gives files in the bench, as a process of its own: offers some, and
 * beside them sends as many bytes over a bare stream of libp2p.
 */
const input = fileInput.parse(await json(process.stdin))
const { addresses, path, key, directory, size } = input
const networkKey = fromHex(input.networkKey)
const conversationId = input.conversationId as ConversationId
const giver = new Talker({
  name: 'giver',
  net: { addresses, member: (wish) => startMember({ networkKey, addresses, ...wish }) },
  files: {
    database(_, schema) {
      const database = Database.open(path, fromHex(key))
      migrate(database, schema)
      return database
    },
  },
  profile: directory,
})
await giver.start('direct')
giver.conversations.allowDirect({ conversationId, allowed: true })

const content = random(size)
await giver.node.libp2p.handle(bulkProtocol, (stream) => {
  const send = async (): Promise<void> => {
    for (let at = 0; at < size; at += 65_536) {
      if (!stream.send(content.subarray(at, at + 65_536))) await stream.onDrain()
    }
    await stream.close()
  }
  send().catch(() => stream.abort(new Error('ended')))
})
for (let nth = 0; nth < input.files; nth++) {
  const { files, conversations } = giver
  const draft = await files.begin({ name: 'bench', mediaType: '', size })
  for (let at = 0; at < size; at += limits.file.piece) {
    await files.append(draft, at, base64url(content.subarray(at, at + limits.file.piece)))
  }
  await files.finish(draft, false)
  const clientId = freshId<MessageId>()
  await files.send(draft, conversationId, (offer) =>
    conversations.actions.sendFile({ conversationId, clientId, offer: encodeOffer(offer) }),
  )
}
console.log('ready')
for (;;) {
  await giver.check().catch(() => {})
  await new Promise((resolve) => setTimeout(resolve, giver.channel(conversationId) === 'none' ? 200 : 60_000))
}
