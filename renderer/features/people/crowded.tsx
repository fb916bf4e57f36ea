import { Trans, useLingui } from '@lingui/react/macro'
import { Notice } from '../../ui/notice.tsx'
import { moreWork } from '../../words/work.ts'

/** An introduction that found no room among many: why, and what helps. */
export function Crowded({ workBits }: { readonly workBits: number }) {
  const { i18n } = useLingui()
  const more = moreWork(workBits)
  const words = more === undefined ? '' : i18n._(more.duration)
  // in the middle of a sentence
  const duration = words.charAt(0).toLocaleLowerCase(i18n.locale) + words.slice(1)
  return (
    <Notice tone="waiting" icon="people">
      <p>
        <Trans>So many introductions lie at this offer that yours found no room. Your words are kept here.</Trans>
      </p>
      {more === undefined ? (
        <p>
          <Trans>
            Your device has done the most work there is. Try again in some days: room comes as others run out.
          </Trans>
        </p>
      ) : (
        <p>
          <Trans>With more work it goes before those that did less. This would take your device: {duration}.</Trans>
        </p>
      )}
      <p>
        <Trans>
          If you can reach them in another way, ask for a personal invite, take this back and introduce yourself with
          it: among all that arrive, yours then stands first.
        </Trans>
      </p>
    </Notice>
  )
}
