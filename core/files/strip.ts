import { concat, equal, utf8, type Bytes } from '../base/bytes.ts'
import { limits } from '../api/limits.ts'
import { Fault, isFault } from '../base/fault.ts'
import type { PictureType } from './media.ts'
import { traces, unreadable, type Cleaned, type Trace } from './pictures/cursor.ts'
import { cleanGif } from './pictures/gif.ts'
import { cleanJpeg } from './pictures/jpeg.ts'
import { cleanPng, pngSignature } from './pictures/png.ts'
import { cleanWebp } from './pictures/webp.ts'

export interface CleanPicture {
  /** What it is, whatever it was said to be. */
  readonly type: PictureType
  readonly bytes: Bytes
  /** What was taken off, in a fixed order. */
  readonly removed: readonly Trace[]
}

/**
 * A picture with its pixels, its colours and how it is turned, and nothing
 * else: not a bit of its pixels changes.
 *
 * @throws Fault `picture-unreadable` where it is none of the known kinds, or not quite as these must be;
 *   `too-large` over 32 MiB
 */
export async function stripPicture(bytes: Uint8Array): Promise<CleanPicture> {
  if (bytes.length > limits.file.picture) throw new Fault('too-large', 'A picture longer than is cleaned')
  const type = pictureType(bytes)
  if (type === undefined) throw unreadable('A picture of no known kind')
  const cleaned = cleanPicture(type, bytes)
  await cleaned.check?.()
  return { type, bytes: concat(...cleaned.parts), removed: traces.filter((trace) => cleaned.traces.has(trace)) }
}

/** Whether a file that came is a sound picture of the kind it is said to be: only those are shown. */
export async function isSoundPicture(bytes: Uint8Array, type: PictureType): Promise<boolean> {
  if (bytes.length > limits.file.picture || pictureType(bytes) !== type) return false
  try {
    await cleanPicture(type, bytes).check?.()
    return true
  } catch (error) {
    if (isFault(error, 'picture-unreadable')) return false
    throw error
  }
}

/** What a file begins as, whatever it is called. */
export function pictureType(bytes: Uint8Array): PictureType | undefined {
  const starts = (start: Uint8Array, at = 0): boolean => equal(bytes.subarray(at, at + start.length), start)
  if (starts(Uint8Array.of(0xff, 0xd8, 0xff))) return 'image/jpeg'
  if (starts(pngSignature)) return 'image/png'
  if (starts(utf8('GIF8'))) return 'image/gif'
  return starts(utf8('RIFF')) && starts(utf8('WEBP'), 8) ? 'image/webp' : undefined
}

function cleanPicture(type: PictureType, bytes: Uint8Array): Cleaned {
  switch (type) {
    case 'image/jpeg':
      return cleanJpeg(bytes)
    case 'image/png':
      return cleanPng(bytes)
    case 'image/gif':
      return cleanGif(bytes)
    // image/webp: the one that is left
    default:
      return cleanWebp(bytes)
  }
}
