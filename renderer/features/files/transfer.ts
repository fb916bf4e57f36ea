import { limits } from '../../../core/api/limits.ts'
import type { FileView, MediaType } from '../../../core/api/views.ts'
import type { Client } from '../../api/client.ts'
import { fromBase64url, toBase64url } from './base64url.ts'

/** How far something is, 0 to 1. */
export type OnProgress = (fraction: number) => void

/**
 * Hands a file to core, piece by piece, and has it made ready; nothing of it is sent.
 *
 * @returns the id of its draft, to be finished or discarded
 * @throws what core says, or an AbortError; the draft is discarded then
 */
export async function handOver(
  client: Client,
  file: Blob & { readonly name?: string },
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: OnProgress },
): Promise<string> {
  const { draftId } = await client.files.begin({
    name: (file.name ?? '').slice(0, limits.fileName),
    mediaType: file.type.slice(0, limits.fileName),
    size: file.size,
  })
  try {
    for (let offset = 0; offset < file.size;) {
      signal.throwIfAborted()
      const bytes = new Uint8Array(await file.slice(offset, offset + limits.file.piece).arrayBuffer())
      await client.files.append({ draftId, offset, bytes: toBase64url(bytes) })
      offset += bytes.length
      onProgress(offset / file.size)
    }
    return draftId
  } catch (error) {
    await client.files.discard({ draftId }).catch(() => {})
    throw error
  }
}

type Whole = Pick<FileView, 'id' | 'size' | 'mediaType'>

/** The end of what is being read, by client. */
const turns = new WeakMap<Client, Promise<unknown>>()

/**
 * The whole of a file that is here, in memory. One file after the other: a page
 * full of pictures would ask for more at once than its door takes.
 *
 * @throws what core says, or an AbortError
 */
export function readWhole(client: Client, file: Whole, signal: AbortSignal): Promise<Blob> {
  const before = turns.get(client) ?? Promise.resolve()
  const whole = before.then(() => readPieces(client, file, signal))
  turns.set(
    client,
    whole.catch(() => {}),
  )
  return whole
}

async function readPieces(client: Client, { id: fileId, size, mediaType }: Whole, signal: AbortSignal): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  for (let offset = 0; ;) {
    signal.throwIfAborted()
    const { bytes, end } = await client.files.read({ fileId, offset })
    const part = fromBase64url(bytes)
    parts.push(part)
    offset += part.length
    // what core has is as long as it says; a page that goes on for ever would be worse than one that stops
    if (end || part.length === 0 || offset >= size) break
  }
  return new Blob(parts, { type: mediaType === 'other' ? 'application/octet-stream' : mediaType })
}

export function isPicture(type: MediaType): boolean {
  return type.startsWith('image/')
}

export function isVoice(type: MediaType): boolean {
  return type.startsWith('audio/')
}
