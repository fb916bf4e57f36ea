import type { CircleMemberView } from '../../../core/api/circles.ts'
import { Icon } from '../../ui/icon.tsx'
import { Weave } from '../../ui/weave.tsx'
import './circles.css'

/** A few of those who are in a circle, as a picture. */
export function Ring({ members }: { readonly members: readonly CircleMemberView[] }) {
  const shown = members.filter(({ present }) => present).slice(0, 3)
  return (
    <span className="circle-faces" aria-hidden="true">
      {shown.length === 0 && <Icon name="community" />}
      {shown.map(({ id, weave }) => (
        <Weave key={id} weave={weave} />
      ))}
    </span>
  )
}
