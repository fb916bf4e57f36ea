/**
 * Moves the focus among the checkboxes of a grid, or of a list of one column;
 * start and end are those of the script.
 *
 * @returns whether the key was one that leads to another checkbox
 */
export function moveInGrid(grid: HTMLElement | null, columns: number, key: string): boolean {
  if (grid === null) return false
  const boxes = [...grid.querySelectorAll<HTMLInputElement>('input:enabled')]
  const here = boxes.findIndex((box) => box === document.activeElement)
  const onward = getComputedStyle(grid).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: columns,
    ArrowUp: -columns,
    ArrowLeft: onward === 'ArrowLeft' ? 1 : -1,
    ArrowRight: onward === 'ArrowRight' ? 1 : -1,
    Home: -here,
    End: boxes.length - 1 - here,
  }
  const step = steps[key]
  if (step === undefined || here < 0 || (columns === 1 && (key === 'ArrowLeft' || key === 'ArrowRight'))) return false
  const there = here + step
  // past the edge of a grid there is nothing
  if (columns === 1) boxes[Math.min(Math.max(there, 0), boxes.length - 1)]?.focus()
  else boxes[there]?.focus()
  return true
}
