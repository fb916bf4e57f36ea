import { Trans } from '@lingui/react/macro'
import { useEffect, useRef, type ReactNode } from 'react'
import { useNavigation } from '../routing/navigation.tsx'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import './page.css'

interface PageProps {
  readonly title: string
  readonly lead?: ReactNode
  /** Beside the title. */
  readonly action?: ReactNode
  /** Whether there is somewhere to go back to on a wide window too. */
  readonly back?: boolean
  readonly wide?: boolean
  readonly children: ReactNode
}

/** One page: one title, which takes the focus when the person arrives. */
export function Page({ title, lead, action, back = false, wide = false, children }: PageProps) {
  return (
    <div className={wide ? 'page page-wide' : 'page'}>
      <header className="page-head">
        {back && <BackButton />}
        <div className="page-title">
          <PageHeading>{title}</PageHeading>
          {action}
        </div>
        {lead !== undefined && <p className="page-lead">{lead}</p>}
      </header>
      {children}
    </div>
  )
}

export function BackButton() {
  const { back } = useNavigation()
  return (
    <div className="page-back">
      <Button kind="plain" icon="back" onPress={back}>
        <span className="page-back-word">
          <Trans>Back</Trans>
        </span>
      </Button>
    </div>
  )
}

/** The title of what is shown now. */
export function PageHeading({ children }: { readonly children: ReactNode }) {
  const { step } = useNavigation()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // not at the very first: there a person begins at the top
    if (step > 0) heading.current?.focus({ preventScroll: true })
  }, [step])
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  )
}

/** A part of a page with a heading of its own. */
export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="section">
      <h2>{title}</h2>
      {children}
    </section>
  )
}

/** Nothing here yet: says how to begin. */
export function Empty({
  title,
  middle = false,
  children,
}: {
  readonly title: string
  readonly middle?: boolean
  readonly children: ReactNode
}) {
  return (
    <div className={middle ? 'empty empty-middle' : 'empty'}>
      <h2>{title}</h2>
      {children}
    </div>
  )
}

interface ExpanderProps {
  readonly title: string
  /** What stands in it now, beside its title. */
  readonly said?: string
  /** Whether it is open at first. */
  readonly opens?: boolean
  readonly children: ReactNode
}

/** Things for later, behind a word. */
export function Expander({ title, said, opens = false, children }: ExpanderProps) {
  return (
    <details className="expander" open={opens}>
      <summary>
        <Icon name="chevron" />
        <span>
          {title}
          {said !== undefined && said !== '' && <bdi className="expander-said">{said}</bdi>}
        </span>
      </summary>
      <div className="stack">{children}</div>
    </details>
  )
}
