import { correction, generate, mode, type Bitmap2D } from 'lean-qr'
import { toPngBuffer } from 'lean-qr/extras/node_export'

/** Light around the code, in modules: readers need four. */
const margin = 4
/** Pixels of a module in the picture. */
const scale = 6

const black = [0, 0, 0] as const
const white = [255, 255, 255] as const

/**
 * A link as a QR code. In capitals, which the reader of links takes as well: so
 * a character costs 5.5 bits and not 8, and the longest link of all still fits.
 */
export function qrCode(link: string): Bitmap2D {
  return generate(mode.alphaNumeric(link.toUpperCase()), { minCorrectionLevel: correction.L })
}

/** The bytes of a picture. */
export function qrPng(code: Bitmap2D): Uint8Array {
  return toPngBuffer(code, { on: black, off: white, pad: margin, scale })
}

/** Columns of a terminal that the drawing needs. */
export function qrColumns(code: Bitmap2D): number {
  return code.size + 2 * margin
}

/**
 * Lines for a terminal, two rows of modules each. The colours are set, not
 * assumed: half of all terminals are dark, and an inverted code is not read by
 * every phone.
 */
export function qrLines(code: Bitmap2D): string[] {
  const lines: string[] = []
  for (let y = -margin; y < code.size + margin; y += 2) {
    let line = ''
    for (let x = -margin; x < code.size + margin; x++) line += halves(code.get(x, y), code.get(x, y + 1))
    lines.push(`\u001B[38;5;16m\u001B[48;5;231m${line}\u001B[0m`)
  }
  return lines
}

function halves(upper: boolean, lower: boolean): string {
  if (upper) return lower ? '\u2588' : '\u2580'
  return lower ? '\u2584' : ' '
}
