import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { OneOf } from '../../ui/choice.tsx'
import { CreateCommunity } from './create-community.tsx'
import { JoinCommunity } from './join-community.tsx'

/** The two ways into a community. */
export function JoinOrCreate({ onDone }: { readonly onDone: (communityId: string) => void }) {
  const { t } = useLingui()
  const [way, setWay] = useState<'join' | 'create'>('join')
  return (
    <div className="stack stack-wide">
      <OneOf
        label={t`How do you want to begin?`}
        value={way}
        onChange={setWay}
        choices={[
          { id: 'join', name: t`I have an invite` },
          { id: 'create', name: t`I start a new community` },
        ]}
      />
      {way === 'join' ? <JoinCommunity onDone={onDone} /> : <CreateCommunity onDone={onDone} />}
    </div>
  )
}
