import { Trans, useLingui } from '@lingui/react/macro'
import { useDeferredValue, useMemo } from 'react'
import type { ArticleTextView } from '../../../core/api/library.ts'
import { limits } from '../../../core/api/limits.ts'
import { utf8Length } from '../../../core/api/utf8-length.ts'
import { useClient, useView } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { useBelonging } from '../../shell/community-context.ts'
import { useDraft } from '../../shell/drafts.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice, SeenBy } from '../../ui/notice.tsx'
import { Expander, Page } from '../../ui/page.tsx'
import { useRefusal } from '../../ui/refusal.ts'
import { Select } from '../../ui/select.tsx'
import { languageChoices } from '../../words/languages.ts'
import { TopicPicker } from '../write/topic-picker.tsx'
import { ArticleText } from './article-text.tsx'
import { useLibrary, useVersions } from './use-library.ts'
import '../write/write.css'

/** Apart from the sentence around it, in which it would stand for a number. */
const hash = '# '

interface ArticleDraft {
  readonly language: string
  readonly title: string
  readonly topics: readonly string[]
  readonly text: string
}

interface WriteArticleProps {
  /** The article of which this is a version; a new one without. */
  readonly id: string | undefined
  /** The version that is changed; another language is added without. */
  readonly language: string | undefined
}

/** An article, being written, and beside it what everybody will read. */
export function WriteArticle({ id, language }: WriteArticleProps) {
  const { community } = useBelonging()
  const { library } = useLibrary()
  const of = id === undefined ? undefined : library?.articles.find(({ articleId }) => articleId === id)?.language
  const from = language ?? of
  const before = useView(['library', community.id, id ?? '', from ?? ''], (client) =>
    id === undefined || from === undefined
      ? Promise.resolve(null)
      : client.library.read({ communityId: community.id, articleId: id, language: from }),
  )
  if (library === undefined || before.data === undefined) return null
  return <Writing key={`${id} ${language}`} id={id} language={language} before={before.data} />
}

function Writing({ id, language, before }: WriteArticleProps & { readonly before: ArticleTextView | null }) {
  const { t, i18n } = useLingui()
  const client = useClient()
  const { replace } = useNavigation()
  const { community } = useBelonging()
  const { library } = useLibrary()
  const taken = useVersions(id ?? '')
  const choices = useMemo(() => languageChoices(i18n.locale), [i18n.locale])
  const free = useMemo(
    () => choices.filter((choice) => !taken?.some((version) => version.language === choice.id)),
    [choices, taken],
  )
  const isChange = language !== undefined
  const { form, refuse, wasRefused } = useRefusal()
  const [draft, setDraft, clear] = useDraft<ArticleDraft>(`article ${community.id} ${id} ${language}`, {
    language: language ?? free.find((choice) => choice.id === i18n.locale)?.id ?? free[0]?.id ?? 'en',
    title: isChange ? (before?.title ?? '') : '',
    topics: before?.topics ?? [],
    text: isChange ? (before?.text ?? '') : '',
  })
  const preview = useDeferredValue(draft)
  const tooLong = utf8Length(draft.text) > limits.library.text
  const lack = draft.title.trim() === '' ? 'title' : draft.text.trim() === '' || tooLong ? 'text' : undefined
  const publish = useAction(async () => {
    const { articleId } = await client.library.publish({
      communityId: community.id,
      ...draft,
      topics: [...draft.topics],
      ...(id === undefined ? {} : { articleId: id }),
    })
    clear()
    replace({ at: 'article', id: articleId, language: draft.language })
  })
  // long lists: not drawn anew with every letter that is written beside them
  const languagePicker = useMemo(
    () => (
      <Select
        label={t`Language`}
        value={draft.language}
        onChange={(language) => setDraft((now) => ({ ...now, language }))}
        items={free}
      />
    ),
    [t, draft.language, setDraft, free],
  )
  const topicPicker = useMemo(
    () => (
      <TopicPicker
        value={draft.topics}
        onChange={(topics) => setDraft((now) => ({ ...now, topics }))}
        error={undefined}
      />
    ),
    [draft.topics, setDraft],
  )
  const name = library?.signsAs ?? ''
  return (
    <Page
      title={isChange ? t`Change the article` : t`Write an article`}
      lead={<Trans>For everybody here, to be read without a network.</Trans>}
      back
      wide
    >
      <div className="write">
        {/* not React Aria’s: its context is a new one with every letter, which draws all boxes anew */}
        <form
          ref={form}
          className="stack stack-wide"
          onSubmit={(event) => {
            event.preventDefault()
            if (lack === undefined) void publish.run()
            else refuse()
          }}
        >
          {!isChange && languagePicker}
          <Field
            label={t`Title`}
            value={draft.title}
            onChange={(title) => setDraft({ ...draft, title })}
            error={wasRefused && lack === 'title' ? t`Give it a title.` : undefined}
            maxLength={limits.library.title}
            autoComplete="off"
          />
          <Field
            label={t`Text`}
            hint={t`Leave out names, places and dates that could lead to somebody.`}
            value={draft.text}
            onChange={(text) => setDraft({ ...draft, text })}
            error={wasRefused && lack === 'text' ? textError() : undefined}
            lines={16}
          />
          <Expander title={t`How to lay it out`}>
            <ul className="stack stack-tight small">
              <li>
                <Trans>
                  An empty line begins a new paragraph; <code>{hash}</code> before a line makes a heading of it.
                </Trans>
              </li>
              <li>
                <Trans>
                  <code>*word*</code> stands out, <code>**word**</code> more so.
                </Trans>
              </li>
              <li>
                <Trans>
                  <code>- </code> before each line makes a list, <code>1. </code> one with numbers, <code>&gt; </code> a
                  quote.
                </Trans>
              </li>
              <li>
                <Trans>Addresses are shown and can be copied; nothing opens by itself. Pictures are not shown.</Trans>
              </li>
            </ul>
          </Expander>
          {topicPicker}
          <SeenBy>
            <Trans>
              Everyone in your community can read this, signed by <bdi>{name}</bdi>. Nobody outside can.
            </Trans>
          </SeenBy>
          <ProblemNotice problem={publish.problem} />
          <div className="row">
            <Button kind="primary" type="submit" isPending={publish.pending}>
              <Trans>Sign and publish</Trans>
            </Button>
          </div>
        </form>
        <aside className="write-preview" aria-label={t`What others will see`}>
          <p className="write-preview-label">
            <Trans>What others will see</Trans>
          </p>
          <p className="write-preview-title" dir="auto">
            {preview.title.trim() === '' ? t`Your title` : preview.title}
          </p>
          <ArticleText
            text={preview.text.trim() === '' ? t`Your words` : preview.text}
            language={preview.text.trim() === '' ? i18n.locale : preview.language}
          />
        </aside>
      </div>
    </Page>
  )

  function textError(): string {
    return tooLong ? t`This is longer than fits. Make two articles of it.` : t`Say a little more than the title.`
  }
}
