import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { FileDraftView } from '../../core/api/views.ts'

type Trace = FileDraftView['removed'][number]

/** What was taken off a file before it is sent. */
export const traceWords: Readonly<Record<Trace, MessageDescriptor>> = {
  place: msg`where it was taken`,
  camera: msg`which camera or telephone took it`,
  time: msg`when it was taken`,
  author: msg`a name of who made it`,
  text: msg`words that were written into it`,
  preview: msg`a small older picture inside of it`,
  other: msg`other things that programs wrote into it`,
  name: msg`its own name`,
}

/** `2.4 MB`, as the locale writes it. */
export function sizeName(locale: string, bytes: number): string {
  const [unit, size] =
    bytes < 1000
      ? (['byte', bytes] as const)
      : bytes < 1_000_000
        ? (['kilobyte', bytes / 1000] as const)
        : (['megabyte', bytes / 1_000_000] as const)
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    maximumFractionDigits: unit === 'megabyte' ? 1 : 0,
  }).format(size)
}

/** The entries in one line, as the locale joins them. */
export function listName(locale: string, entries: readonly string[]): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(entries)
}
