import type { Page } from 'playwright-core'

export interface Focus {
  /** As a screen reader would say it, nearly. */
  readonly name: string
  readonly tag: string
  /** Whether a person can see where they are: a frame around it, inside of the window. */
  readonly isSeen: boolean
}

/** More stops than any screen has. */
const most = 80
/** Pictures until the focus must be seen. */
const frames = 30

/** Where the keyboard is. */
export async function focus(page: Page): Promise<Focus> {
  return page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => resolve(undefined)))
    const element = document.activeElement
    if (!(element instanceof HTMLElement) || element === document.body) return { name: '', tag: 'body', isSeen: false }
    const labels = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels : null
    const ids = (element.getAttribute('aria-labelledby') ?? '').split(' ').filter((id) => id !== '')
    const names = [
      element.getAttribute('aria-label'),
      ...ids.map((id) => document.getElementById(id)?.textContent),
      ...[...(labels ?? [])].map((label) => label.textContent),
      element.textContent,
    ]
    // a radio button's frame is around its words
    const framed = element.closest('label, button, summary, input, textarea') ?? element
    const { outlineStyle, outlineWidth } = getComputedStyle(framed)
    const { top, bottom, left, right } = framed.getBoundingClientRect()
    const isInside = top < window.innerHeight && bottom > 0 && left < window.innerWidth && right > 0
    return {
      name: (names.find((name) => name != null && name.trim() !== '') ?? '').trim(),
      tag: element.localName,
      isSeen: isInside && outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
    }
  })
}

/**
 * Presses Tab until something of this name has the focus.
 *
 * @throws Error where it cannot be reached, or a stop on the way cannot be seen
 */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const stops: string[] = []
  for (let count = 0; count < most; count++) {
    await page.keyboard.press('Tab')
    let here = await focus(page)
    // the picture follows the focus, and may be some frames behind on a busy machine
    for (let frame = 0; frame < frames && !here.isSeen && here.tag !== 'body'; frame++) here = await focus(page)
    stops.push(`${here.tag} “${here.name}”`)
    if (here.tag !== 'body' && !here.isSeen) throw new Error(`The focus cannot be seen on ${stops.at(-1) ?? ''}`)
    if (typeof name === 'string' ? here.name === name : name.test(here.name)) return
  }
  throw new Error(`Tab never came to ${String(name)}, but to: ${stops.join(', ')}`)
}

export async function typeInto(page: Page, name: string | RegExp, text: string): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.type(text)
}
