import type { Locale } from '../../locales/locale.ts'

/** Something to read, under the title that stands over it. */
interface Work {
  /** Whose it is. */
  readonly by: string
  readonly title: string
  /** Of its name, in which it is also found. */
  readonly lang: Locale
  /** Year and month in which its title was last looked up: `2026-11`. */
  readonly checked: string
}

/** Where nobody looked up a title: who has something about it, and the words that lead to it. */
interface Hint {
  readonly by: string
  readonly words: string
  readonly lang: Locale
}

export type Source = Work | Hint

/** What one piece of advice comes from: something at least. */
export type SourcesOf = readonly [Source, ...Source[]]

/** Found on its publisher's own pages, as they were kept when this was last gone through. */
function work(by: string, title: string, lang: Locale = 'en'): Work {
  return { by, title, lang, checked: '2026-11' }
}

const center = 'National Center for Missing & Exploited Children'
const selfDefense = work('Electronic Frontier Foundation', 'Surveillance Self-Defense')
const grooming = work('NSPCC Learning', 'Grooming: recognising the signs')
const onlineAbuse = work('NSPCC Learning', 'Protecting children from online abuse')
const responding = work('NSPCC Learning', 'Recognising and responding to abuse')
const reportRemove = work('NSPCC Learning', 'Using the Report Remove tool')
const sayNo = work('Europol', 'Online sexual coercion and extortion is a crime')
const supplement = work('MENTOR', 'LGBTQ Supplement to the Elements of Effective Practice for Mentoring')
const takeItDown = work(center, 'Take It Down')
const stopImages = work('SWGfL', 'StopNCII.org')
const hotlines = work('INHOPE', 'About INHOPE')

const fbi: Hint = { by: 'FBI', words: 'sextortion', lang: 'en' }
const blackmail: Hint = { by: center, words: 'sextortion', lang: 'en' }
const police: Hint = { by: 'Polizia Postale', words: 'sextortion', lang: 'it' }

/** Of what stands on the safety page. Nothing is given there without an entry here. */
export const adviceSources = {
  threatened: [sayNo, takeItDown, stopImages, fbi, blackmail, police],
  close: [grooming],
  meeting: [onlineAbuse, sayNo],
  young: [supplement, responding],
  /** The list there is itself of names to look up. */
  help: [hotlines, reportRemove, takeItDown],
} satisfies Record<string, SourcesOf>

/** Of the screens that everybody reads once. */
export const introSources = {
  protects: [selfDefense],
  owe: [sayNo, onlineAbuse],
  young: [supplement, grooming],
  signs: [grooming, blackmail],
  do: [sayNo, takeItDown, fbi, police],
} satisfies Record<string, SourcesOf>
