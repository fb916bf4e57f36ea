import type { ReactNode } from 'react'

/** What is in here is read out when it changes, after whatever is being read. */
export function Live({ className, children }: { readonly className?: string; readonly children?: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an output may not hold paragraphs
    <div role="status" {...(className === undefined ? {} : { className })}>
      {children}
    </div>
  )
}
