/** Cells on a side. */
export const side = 8

/** What a thread looks like where it lies on top; each motif has its own, in a cell of 1 by 1. */
const motifs: readonly ((x: number, y: number) => string)[] = [
  // checks
  (x, y) => `M${x} ${y}h1v1h-1z`,
  // lozenges
  (x, y) => `M${x + 0.5} ${y - 0.12}l.62 .62-.62 .62-.62-.62z`,
  // seeds
  (x, y) => `M${x + 0.02} ${y + 0.5}a.48 .48 0 1 0 .96 0a.48 .48 0 1 0-.96 0z`,
  // twill
  (x, y) => `M${x} ${y + 1}l.4-1h.6l-.4 1z`,
]

/**
 * One path for all cells in which a thread lies on top.
 *
 * @param cells 64 numbers, row by row, saying which thread that is
 */
export function threadPath(cells: readonly number[], thread: number, motif: number): string {
  const draw = motifs[motif % motifs.length]
  if (draw === undefined) return ''
  return cells
    .slice(0, side * side)
    .map((cell, index) => (cell === thread ? draw(index % side, Math.floor(index / side)) : ''))
    .join('')
}
