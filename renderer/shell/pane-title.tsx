import { useEffect, useRef, type ReactNode } from 'react'
import { useNavigation } from '../routing/navigation.tsx'
import { isSection } from '../routing/route.ts'

/** The title of a list. It is the page's title while no page beside it has one. */
export function PaneTitle({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  const { route, step } = useNavigation()
  const heading = useRef<HTMLHeadingElement>(null)
  const isTitle = isSection(route)
  useEffect(() => {
    if (isTitle && step > 0) heading.current?.focus({ preventScroll: true })
  }, [isTitle, step])
  return (
    <div className="pane-list-title">
      {isTitle ? (
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
      ) : (
        <h2>{title}</h2>
      )}
      {children}
    </div>
  )
}
