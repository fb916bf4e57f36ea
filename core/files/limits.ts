import { limits } from '../api/limits.ts'

/**
 * Bytes of one chunk's content: what is sealed and sent at once. The last is filled up with zeros. 63 KiB, so that
 * what is around it still fits one message of Noise (65,535 bytes), through a relay too.
 */
export const chunkLength = 64_512
/** Chunks that are hashed together, saved together, and asked for again together: 4,032 KiB. */
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
