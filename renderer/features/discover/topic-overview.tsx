import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { Button } from 'react-aria-components'
import { useTopics } from '../../words/topics.ts'
import { useOffers, useSearch } from './discover-state.tsx'
import { Rings } from './rings.tsx'
import { countTopics } from './search.ts'
import './discover.css'

/** What people here speak of, beside the list while nothing is open. */
export function TopicOverview() {
  const { t, i18n } = useLingui()
  const { search, setSearch } = useSearch()
  const { offers } = useOffers()
  const { groups } = useTopics()
  const counts = useMemo(() => countTopics(offers ?? []), [offers])
  return (
    <div className="page page-wide">
      <Rings />
      <h2>{t`Topics`}</h2>
      <div className="topic-groups">
        {groups.map(({ id: group, name, topics }) => (
          <section key={group} className="topic-group">
            <h3>{name}</h3>
            <ul>
              {topics.map(({ id: topic, name }) => {
                const count = counts.get(topic) ?? 0
                const isChosen = search.topic === topic
                return (
                  <li key={topic}>
                    <Button
                      className="topic-entry"
                      aria-pressed={isChosen}
                      onPress={() => setSearch({ ...search, topic: isChosen ? undefined : topic })}
                    >
                      <span>{name}</span>
                      {count > 0 && (
                        <span className="topic-entry-count">
                          <span aria-hidden="true">{i18n.number(count)}</span>
                          <span className="hidden-but-read">
                            {t({ message: plural({ count }, { one: '# entry', other: '# entries' }) })}
                          </span>
                        </span>
                      )}
                    </Button>
                  </li>
                )
              })}
            </ul>
          </section>
        ))}
      </div>
    </div>
  )
}
