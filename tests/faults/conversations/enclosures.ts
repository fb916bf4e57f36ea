import { createHash } from 'node:crypto'
import type { Client } from '../../journey/journey.ts'
import type { MortalApp } from '../mortal.ts'

/** Whose conversation it is about. */
interface Party {
  readonly app: MortalApp
  readonly conversationId: string
}

/** Of one piece, as the page sends it. */
const pieceLength = 32 * 1024

/** Writes a file into the vault and sends it, once, over however many deaths. @returns nothing is shown of it but its name */
export async function enclose(
  { app, conversationId }: Party,
  { name, content, clientId }: { readonly name: string; readonly content: Uint8Array; readonly clientId: string },
): Promise<void> {
  await app.ask(async ({ conversations, files }) => {
    const recent = await conversations.messages({ conversationId, limit: 20 })
    if (recent.some(({ id }) => id === clientId)) return
    const { draftId } = await files.begin({ name, mediaType: 'application/octet-stream', size: content.length })
    for (let offset = 0; offset < content.length; offset += pieceLength) {
      const bytes = Buffer.from(content.subarray(offset, offset + pieceLength)).toString('base64url')
      await files.append({ draftId, offset, bytes })
    }
    await files.finish({ draftId, asOther: true })
    await files.send({ draftId, conversationId, clientId })
  })
}

/** Asks for every file of the other that is not here yet. @returns whether all are */
export async function fetchAll({ app, conversationId }: Party): Promise<boolean> {
  return app.ask(async ({ files }) => {
    const theirs = (await files.list({ conversationId })).filter(({ mine }) => !mine)
    for (const { id, state } of theirs) {
      if (state === 'offered' || state === 'failed') await files.accept({ fileId: id })
    }
    return theirs.every(({ state }) => state === 'here')
  })
}

/** Digests of the other's files that are here, by their names. */
export async function digests({ app, conversationId }: Party): Promise<Map<string, string>> {
  return app.ask(async (client) => {
    const theirs = (await client.files.list({ conversationId })).filter(({ mine, state }) => !mine && state === 'here')
    const found = new Map<string, string>()
    // one after the other: the door takes 64 calls at once
    for (const { id, name } of theirs) found.set(name, await digestOf(client, id))
    return found
  })
}

export function digest(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

async function digestOf({ files }: Client, fileId: string): Promise<string> {
  const hash = createHash('sha256')
  for (let offset = 0; ;) {
    const { bytes, end } = await files.read({ fileId, offset })
    const piece = Buffer.from(bytes, 'base64url')
    hash.update(piece)
    offset += piece.length
    if (end) return hash.digest('hex')
  }
}
