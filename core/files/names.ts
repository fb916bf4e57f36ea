import { utf8 } from '../base/bytes.ts'

/** UTF-8 bytes of a name, which every file system takes. */
export const longestName = 120
const longestEnding = 16

/** Windows opens a device where a file has one of these names, whatever the ending. */
const devices = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i

/**
 * Makes a file name from outside harmless to save and to show: no path, no
 * control or direction characters (`gpj.exe` must not look like `exe.jpg`), no
 * hidden file, no device, at most `longestName` bytes with the ending kept.
 */
export function harmlessName(text: string): string {
  const last = text.toWellFormed().split(/[/\\]/).at(-1) ?? ''
  const clean = last
    .replace(/[\p{Zl}\p{Zp}\p{Zs}\t\n\r]/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu, '')
    .replace(/ +/g, ' ')
    .replace(/[<>:"|?*]/g, '_')
    // after what stood between has gone
    .normalize('NFC')
    // a few marks make a letter, many climb over the lines around
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
  const trimmed = trim(clean)
  const short = shorten(devices.test(trimmed) ? `_${trimmed}` : trimmed)
  return short === '' ? 'file' : short
}

/** Dots at the start hide a file, dots and spaces at the end are dropped by Windows. */
function trim(name: string): string {
  return name.replace(/^[.\s]+/u, '').replace(/[.\s]+$/u, '')
}

function shorten(name: string): string {
  if (utf8(name).length <= longestName) return name
  const dot = name.lastIndexOf('.')
  const ending = dot > 0 && utf8(name.slice(dot)).length <= longestEnding ? name.slice(dot) : ''
  let stem = ''
  let room = longestName - utf8(ending).length
  for (const character of name.slice(0, name.length - ending.length)) {
    room -= utf8(character).length
    if (room < 0) break
    stem += character
  }
  // cutting may have brought a space or dot to the end
  return trim(stem) + ending
}
