import { expect, it } from 'vitest'
import type { Client } from '../../renderer/api/client.ts'
import { readWhole } from '../../renderer/features/files/transfer.ts'

it('a page full of pictures reads one after the other, and one that fails keeps nobody from theirs', async () => {
  let open = 0
  let most = 0
  const read = async ({ fileId, offset }: { fileId: string; offset: number }) => {
    most = Math.max(most, ++open)
    await Promise.resolve()
    open--
    if (fileId === 'gone') throw new Error('not here')
    return { bytes: Buffer.from(`${fileId}${offset}`).toString('base64url'), end: offset > 0 }
  }
  const client = { files: { read } } as unknown as Client
  const names = Array.from({ length: 100 }, (_, at) => (at === 50 ? 'gone' : `p${at} `))
  const { signal } = new AbortController()
  const blobs = await Promise.allSettled(
    names.map((id) => readWhole(client, { id, size: 1e6, mediaType: 'image/png' }, signal)),
  )
  expect(most).toBe(1)
  expect(blobs.filter(({ status }) => status === 'rejected')).toHaveLength(1)
  const [first] = blobs
  expect(first?.status === 'fulfilled' && (await first.value.text())).toBe('p0 0p0 4')
})
