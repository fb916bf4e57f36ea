import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import './rows.css'

interface RowProps {
  readonly picture: ReactNode
  readonly title: ReactNode
  readonly children?: ReactNode
  readonly side?: ReactNode
  readonly isCurrent?: boolean
  readonly onPress: () => void
}

/** One thing of a list that leads to its own page. */
export function Row({ picture, title, children, side, isCurrent = false, onPress }: RowProps) {
  return (
    <li>
      <Button className="row-button" aria-current={isCurrent} onPress={() => onPress()}>
        {picture}
        <span className="row-words">
          <bdi className="row-title">{title}</bdi>
          {children}
        </span>
        <span className="row-side">{side}</span>
      </Button>
    </li>
  )
}
