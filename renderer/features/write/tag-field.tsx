import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { limits } from '../../../core/api/limits.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Chosen } from './chosen-picker.tsx'

interface TagFieldProps {
  readonly value: readonly string[]
  readonly onChange: (tags: string[]) => void
}

/** As core will write it, nearly: so that the same word is not put on twice. */
function tidy(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}\p{Co}]/gu, '')
    .replace(/^[#\s]+/u, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase()
}

/** Words of one's own, a few. A comma or Enter puts one on. */
export function TagField({ value, onChange }: TagFieldProps) {
  const { t } = useLingui()
  const [text, setText] = useState('')
  const isFull = value.length >= limits.tags
  const put = (typed: string): void => {
    const tags = typed
      .split(/[,،、，]/u)
      .map(tidy)
      .filter((tag) => tag !== '')
    setText('')
    if (tags.length > 0) onChange([...new Set([...value, ...tags])].slice(0, limits.tags))
  }
  return (
    <div className="stack stack-tight">
      <Field
        label={t`Words of your own`}
        hint={t`What no topic says: an instrument, a trade, a tool. Up to five. Whoever puts the same word finds you.`}
        value={text}
        onChange={(typed) => (/[,،、，]/u.test(typed) ? put(typed) : setText(typed))}
        onEnter={() => put(text)}
        isDisabled={isFull}
        maxLength={limits.tag}
        autoComplete="off"
      />
      {text.trim() !== '' && (
        <div>
          <Button icon="plus" onPress={() => put(text)}>
            <Trans>Add</Trans>
          </Button>
        </div>
      )}
      <Chosen
        value={value}
        nameOf={(tag) => tag}
        onRemove={(tag) => onChange(value.filter((other) => other !== tag))}
      />
    </div>
  )
}
