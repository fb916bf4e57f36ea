import type { Page } from 'playwright-core'

/**
 * What does not find room in the width of the window: boxes that scroll sideways,
 * and what is cut off at its edge.
 */
export async function sticksOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth
    const found = new Set<string>()
    const nameOf = (element: Element): string =>
      `${element.localName}${[...element.classList].map((name) => `.${name}`).join('')} “${(element.textContent ?? '').trim().slice(0, 40)}”`
    const scrolls = (element: Element): boolean =>
      element.scrollWidth > element.clientWidth + 1 &&
      (element === document.documentElement || ['auto', 'scroll'].includes(getComputedStyle(element).overflowX))
    for (const element of document.querySelectorAll('*')) {
      // a field scrolls its own text
      if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) continue
      if (scrolls(element)) found.add(`scrolls sideways: ${nameOf(element)}`)
      if (!element.checkVisibility({ visibilityProperty: true }) || element.closest('.hidden-but-read') !== null)
        continue
      const hasWords = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
      )
      if (!hasWords && !element.matches('button, svg, input, textarea')) continue
      const { left, right } = element.getBoundingClientRect()
      if (left >= -1 && right <= width + 1) continue
      // a line may end in dots
      let within: Element | null = element
      while (within !== null && getComputedStyle(within).textOverflow !== 'ellipsis') within = within.parentElement
      if (within === null) found.add(`cut off: ${nameOf(element)}`)
    }
    return [...found]
  })
}

/** Left and right edges of what the layout is made of. */
export async function edges(page: Page): Promise<[left: number, right: number][]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.rail, .pane-list, .pane-page, .composer')].map((element) => {
      const { left, right } = element.getBoundingClientRect()
      return [Math.round(left), Math.round(right)]
    }),
  )
}
