import { stripVTControlCharacters } from 'node:util'
import jsqr from 'jsqr'
import { PNG } from 'pngjs'

/** What a phone reads off a picture. */
export function readPng(bytes: Uint8Array): string {
  const { width, height, data } = PNG.sync.read(bytes)
  return read(new Uint8ClampedArray(data), width, height)
}

/** Pixels of a module when a terminal is photographed. */
const scale = 4
const blocks: Readonly<Record<string, readonly [upper: number, lower: number]>> = {
  ' ': [255, 255],
  '\u2580': [0, 255],
  '\u2584': [255, 0],
  '\u2588': [0, 0],
}

/** What a phone reads off a terminal: lines of half blocks, dark on light. */
export function readTerminal(lines: readonly string[]): string {
  const rows = lines.flatMap((line) => {
    const cells = stripVTControlCharacters(line)
      .split('')
      .map((block) => blocks[block] ?? [128, 128])
    return [cells.map(([upper]) => upper), cells.map(([, lower]) => lower)]
  })
  const width = (rows[0]?.length ?? 0) * scale
  const height = rows.length * scale
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = rows[Math.floor(y / scale)]?.[Math.floor(x / scale)] ?? 128
      pixels.fill(light, (y * width + x) * 4, (y * width + x) * 4 + 3)
    }
  }
  return read(pixels, width, height)
}

function read(pixels: Uint8ClampedArray, width: number, height: number): string {
  const found = jsqr.default(pixels, width, height, { inversionAttempts: 'dontInvert' })
  if (found === null) throw new Error('No QR code can be read there')
  return found.data
}
