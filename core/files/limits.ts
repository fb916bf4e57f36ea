import { limits } from '../api/limits.ts'

/** Bytes of one chunk's content: what is sealed, sent and acknowledged at once. The last is filled up with zeros. */
export const chunkLength = 65_536
/** Chunks that are hashed together, saved together, and asked for again together: 4 MiB. */
export const chunksEach = 64
export const segmentLength = chunkLength * chunksEach
/** Of the longest file. */
export const mostSegments = Math.ceil(limits.file.bytes / segmentLength)

export function chunksOf(size: number): number {
  return Math.ceil(size / chunkLength)
}

export function segmentsOf(size: number): number {
  return Math.ceil(size / segmentLength)
}
