import { BackButton } from '../ui/page.tsx'

/** The way back to the list, where there is no room for it beside the page. */
export function BackWhenNarrow() {
  return (
    <div className="back-when-narrow">
      <BackButton />
    </div>
  )
}
