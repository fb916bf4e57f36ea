import { z } from 'zod'

/** What `files.ts` tells the process that offers files. Bytes are hexadecimal. */
export const fileInput = z.strictObject({
  networkKey: z.string(),
  addresses: z.array(z.string()),
  /** Of the vault, which is there already. */
  path: z.string(),
  key: z.string(),
  /** Of the profile. */
  directory: z.string(),
  conversationId: z.string(),
  files: z.number(),
  size: z.number(),
})

/** A stream of it gives so many bytes and ends: what the wire itself takes for them. */
export const bulkProtocol = '/bench/bulk/1'
