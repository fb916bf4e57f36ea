import { useLingui } from '@lingui/react/macro'
import { FileTrigger } from 'react-aria-components'
import { IconButton } from '../../ui/button.tsx'

/** Takes a picture or any other file of the device's. */
export function ChooseFile({ onChoose }: { readonly onChoose: (file: File) => void }) {
  const { t } = useLingui()
  return (
    <FileTrigger
      onSelect={(files) => {
        const file = files?.[0]
        if (file !== undefined) onChoose(file)
      }}
    >
      <IconButton icon="attach" label={t`Choose a file to send`} />
    </FileTrigger>
  )
}
