import { concat, u32, type Bytes } from '../../base/bytes.ts'
import { Cursor, latin1, unreadable } from './cursor.ts'

/** Tags that say how colours look (ICC.1:2022 section 9.2). Names, owners, devices and times are not among them. */
const kept = new Set(
  (
    'rXYZ gXYZ bXYZ wtpt bkpt chad lumi cicp rTRC gTRC bTRC kTRC ' +
    'A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 D2B0 D2B1 B2D0 B2D1 gamt'
  ).split(' '),
)
const headLength = 128
const mostTags = 128
/** The longest that is kept; those of printers go on for megabytes, those of screens for kilobytes. */
export const longestProfile = 1024 * 1024

/**
 * A colour profile with its colours only: no names, no device, no time.
 *
 * @throws Fault `picture-unreadable`
 */
export function cleanProfile(profile: Uint8Array): Bytes {
  const cursor = new Cursor(profile)
  const size = cursor.u32()
  if (size > profile.length || size > longestProfile) throw unreadable('A colour profile of a wrong length')
  const head = cursor.take(headLength - 4)
  if (latin1(head.subarray(32, 36)) !== 'acsp') throw unreadable('A colour profile without its mark')
  const count = cursor.u32()
  if (count > mostTags) throw unreadable('A colour profile of too many tags')
  const tags: { name: Uint8Array; data: Uint8Array }[] = []
  for (let i = 0; i < count; i++) {
    const name = cursor.take(4)
    const [offset, length] = [cursor.u32(), cursor.u32()]
    if (offset < headLength || offset + length > size) throw unreadable('A colour profile that points outside itself')
    if (kept.has(latin1(name))) tags.push({ name, data: profile.subarray(offset, offset + length) })
  }
  return assemble(cleanHead(head), tags)
}

/** Time, platform, device, its maker and model, creator and id are zero (ICC.1:2022 section 7.2). */
function cleanHead(head: Uint8Array): Bytes {
  const clean = new Uint8Array(head)
  // offsets in the profile are four more: its length comes first
  clean.fill(0, 0, 4)
  clean.fill(0, 20, 32)
  clean.fill(0, 36, 60)
  clean.fill(0, 76)
  return clean
}

function assemble(head: Bytes, tags: readonly { name: Uint8Array; data: Uint8Array }[]): Bytes {
  let at = headLength + 4 + 12 * tags.length
  if (tags.reduce((sum, { data }) => sum + data.length + 3, at) > longestProfile) {
    throw unreadable('A colour profile that is too long')
  }
  const table: Uint8Array[] = []
  const body: Uint8Array[] = []
  for (const { name, data } of tags) {
    const padding = new Uint8Array((4 - (data.length % 4)) % 4)
    table.push(name, u32(at), u32(data.length))
    body.push(data, padding)
    at += data.length + padding.length
  }
  return concat(u32(at), head, u32(tags.length), ...table, ...body)
}

/** Where a profile cannot be read, its picture is shown without it. */
export function tryCleanProfile(profile: Uint8Array): Bytes | undefined {
  try {
    return cleanProfile(profile)
  } catch {
    return undefined
  }
}
