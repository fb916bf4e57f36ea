import { Trans, useLingui } from '@lingui/react/macro'
import { useMemo, useState } from 'react'
import { Form } from 'react-aria-components'
import type { OwnTopicView } from '../../../core/api/charter.ts'
import { limits } from '../../../core/api/limits.ts'
import { topicLanguages, type TopicLanguage } from '../../../core/api/topic-languages.ts'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { useBelonging } from '../../shell/community-context.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice, SeenBy } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { useRefusal } from '../../ui/refusal.ts'
import { Select } from '../../ui/select.tsx'
import { languageName } from '../../words/languages.ts'
import { useTopics } from '../../words/topics.ts'
import { Chosen } from '../write/chosen-picker.tsx'
import { useCharter } from './use-charter.ts'
import './charter.css'

interface Words {
  readonly language: TopicLanguage
  readonly name: string
  /** Separated by commas. */
  readonly also: string
}

/** A topic of the community's own, being written by its founder. */
export function OwnTopicPage({ id }: { readonly id: string | undefined }) {
  const { t } = useLingui()
  const { charter } = useCharter()
  if (charter === undefined) return null
  const topic = charter.topics.find((one) => one.id === id)
  if (id !== undefined && topic === undefined) {
    return (
      <Page title={t`This is no longer here`} back>
        <p>
          <Trans>The topic was removed.</Trans>
        </p>
      </Page>
    )
  }
  return <Writing topic={topic} />
}

/** As they are said: cut at commas of any script. */
function partsOf(also: string): string[] {
  const parts = also.split(/[,،、，]/u).map((part) => part.trim())
  return parts.filter((part) => part !== '').slice(0, limits.charter.topicWords)
}

function Writing({ topic }: { readonly topic: OwnTopicView | undefined }) {
  const { t, i18n } = useLingui()
  const client = useClient()
  const { back } = useNavigation()
  const { community } = useBelonging()
  const { groups, nameOf } = useTopics()
  const { form, refuse, wasRefused } = useRefusal()
  const [asking, setAsking] = useState(false)
  const [near, setNear] = useState<readonly string[]>(topic?.near ?? [])
  const [words, setWords] = useState<readonly Words[]>(
    () =>
      topic?.words.map(({ also, ...said }) => ({ ...said, also: also.join(', ') })) ?? [
        { language: topicLanguages.find((known) => known === i18n.locale) ?? 'en', name: '', also: '' },
      ],
  )
  const free = useMemo(
    () =>
      topicLanguages
        .filter((language) => words.every((said) => said.language !== language))
        .map((id) => ({ id, name: languageName(i18n.locale, id) })),
    [words, i18n.locale],
  )
  const named = words.filter(({ name }) => name.trim() !== '')
  const save = useAction(async () => {
    await client.charter.putTopic({
      communityId: community.id,
      ...(topic === undefined ? {} : { id: topic.id }),
      words: named.map(({ language, name, also }) => ({ language, name: name.trim(), also: partsOf(also) })),
      near: [...near],
    })
    back()
  })
  const remove = useAction(async () => {
    if (topic !== undefined) await client.charter.removeTopic({ communityId: community.id, id: topic.id })
    back()
  })
  const change = (language: TopicLanguage, said: Partial<Words>): void =>
    setWords(words.map((one) => (one.language === language ? { ...one, ...said } : one)))
  return (
    <Page title={topic === undefined ? t`A topic of our own` : nameOf(topic.id)} back>
      <Form
        ref={form}
        className="stack stack-wide"
        onSubmit={(event) => {
          event.preventDefault()
          if (named.length === 0) refuse()
          else void save.run()
        }}
      >
        {words.map(({ language, name, also }, index) => {
          const called = languageName(i18n.locale, language)
          return (
            <fieldset key={language} className="own-topic-words">
              <legend className="own-topic-language">{called}</legend>
              <Field
                label={t`Name`}
                value={name}
                onChange={(name) => change(language, { name })}
                error={wasRefused && index === 0 && named.length === 0 ? t`Give it a name in one language.` : undefined}
                maxLength={limits.charter.topicName}
                autoComplete="off"
              />
              <Field
                label={t`What people also say, with commas between`}
                value={also}
                onChange={(also) => change(language, { also })}
                maxLength={limits.charter.topicName * limits.charter.topicWords}
                autoComplete="off"
              />
            </fieldset>
          )
        })}
        {free.length > 0 && (
          <Select
            label={t`In another language`}
            placeholder={t`Add a language`}
            value={null}
            onChange={(id) => {
              const language = topicLanguages.find((known) => known === id)
              if (language !== undefined) setWords([...words, { language, name: '', also: '' }])
            }}
            items={free}
          />
        )}
        <div className="stack stack-tight">
          {near.length < limits.charter.neighbours && (
            <Select
              label={t`Topics beside it`}
              placeholder={t`Add a topic`}
              value={null}
              onChange={(id) => setNear([...near, id])}
              groups={groups.map(({ id, name, topics }) => ({
                id,
                name,
                items: topics.filter((one) => one.id !== topic?.id && !near.includes(one.id)),
              }))}
            />
          )}
          <Chosen
            value={near}
            nameOf={nameOf}
            onRemove={(removed) => setNear(near.filter((other) => other !== removed))}
          />
        </div>
        <SeenBy>
          <Trans>Everyone in your community sees it, and can choose it for an offer or a request.</Trans>
        </SeenBy>
        <ProblemNotice problem={save.problem ?? remove.problem} />
        <div className="row">
          <Button kind="primary" type="submit" isPending={save.pending}>
            <Trans>Sign and publish</Trans>
          </Button>
          {topic !== undefined && (
            <Button kind="plain" icon="remove" isPending={remove.pending} onPress={() => setAsking(true)}>
              <Trans>Remove the topic</Trans>
            </Button>
          )}
        </div>
        <Confirm
          isOpen={asking}
          title={t`Remove this topic?`}
          action={t`Remove the topic`}
          onClose={() => setAsking(false)}
          onConfirm={() => void remove.run()}
        >
          <p>
            <Trans>What people wrote about it stays, and is shown without the name of the topic.</Trans>
          </p>
        </Confirm>
      </Form>
    </Page>
  )
}
