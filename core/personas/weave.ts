import type { Weave } from '../api/views.ts'
import { utf8 } from '../base/bytes.ts'
import { sha256 } from '../crypto/derive.ts'

/** Cells on each side. */
const side = 8
/** Colours in the design system's palette, in a ring: neighbours look alike. */
const palette = 12

/** How a fabric is bound: whether the warp, the thread that runs down, lies on top. */
type Pattern = (row: number, column: number, shift: number) => boolean

const motifs: readonly Pattern[] = [
  // twill: one diagonal
  (row, column, shift) => (row + column + shift) % 4 < 2,
  // herringbone: diagonals that turn in the middle
  (row, column, shift) => (row + (column < side / 2 ? column : side - 1 - column) + shift) % 4 < 2,
  // basket: squares of two by two
  (row, column, shift) => (((row + (shift & 1)) >> 1) + ((column + (shift >> 1)) >> 1)) % 2 === 0,
  // diamond: rings around the middle
  (row, column, shift) => (fromMiddle(row) + fromMiddle(column) + shift) % 4 < 2,
]

/** Where warp and weft change places: a figure in the fabric that is seen without colours. */
const figures: readonly Pattern[] = [
  () => false,
  (row, column) => Math.max(fromMiddle(row), fromMiddle(column)) === 3,
  (row, column) => Math.max(fromMiddle(row), fromMiddle(column)) < 2,
  (_, column) => column < side / 2,
  (row) => row < side / 2,
  (row, column) => row < side / 2 === column < side / 2,
  (row, column) => row > column,
  (row, column) => Math.min(fromMiddle(row), fromMiddle(column)) === 0,
]

/**
 * The picture of a persona, from its public key alone: the same key always gives
 * the same weave. PROTOCOL.md section "Weave".
 *
 * SHA256("staffetta/weave/1" ‖ key) chooses, one byte each: motif, quarter turn,
 * shift, figure, the threads and the stripes. It is for eyes and proves nothing:
 * two keys can share a weave.
 *
 * @param publicKey Ed25519 or any other, of any length
 */
export function weaveOf(publicKey: Uint8Array): Weave {
  const choice = sha256(utf8('staffetta/weave/1'), publicKey)
  const pick = (index: number, count: number): number => (choice[index] ?? 0) % count
  const motif = pick(0, motifs.length)
  const turned = pick(1, 2) === 1
  const shift = pick(2, 4)
  const figure = figures[pick(3, figures.length)] ?? (() => false)
  const bound = motifs[motif] ?? (() => false)
  // three times out of four there is a third thread, in one row of the weft at least and not in all
  const stripes = pick(7, 4) === 0 ? 0 : 1 + pick(8, 254)
  const cells = Array.from({ length: side * side }, (_, cell) => {
    const row = Math.floor(cell / side)
    const column = cell % side
    const warp = turned ? bound(column, side - 1 - row, shift) : bound(row, column, shift)
    if (warp !== figure(row, column, shift)) return 0
    return (stripes >> row) & 1 ? 2 : 1
  })
  // a stripe can lie where the warp covers it all: its thread is left out then
  const seen = ([0, 1, 2] as const).filter((thread) => cells.includes(thread))
  const chosen = threads(pick)
  return { threads: seen.map((thread) => chosen[thread] ?? 0), motif, cells: cells.map((cell) => seen.indexOf(cell)) }
}

/** The warp's thread, the weft's and the stripes': at least two steps apart in the ring of colours. */
function threads(pick: (index: number, count: number) => number): number[] {
  const chosen: number[] = []
  for (let index = 0; index < 3; index++) {
    const free = Array.from({ length: palette }, (_, thread) => thread).filter((thread) =>
      chosen.every((other) => (thread - other + palette + 1) % palette > 2),
    )
    chosen.push(free[pick(4 + index, free.length)] ?? 0)
  }
  return chosen
}

/** 3 at the edge, 0 on both sides of the middle. */
function fromMiddle(position: number): number {
  return Math.floor(Math.abs(position - (side - 1) / 2))
}
