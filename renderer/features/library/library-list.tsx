import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useMemo, useState } from 'react'
import type { ArticleView } from '../../../core/api/library.ts'
import { limits } from '../../../core/api/limits.ts'
import { useClient } from '../../api/context.tsx'
import { problemOf } from '../../api/fault.ts'
import { useAction } from '../../api/use-action.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { useBelonging } from '../../shell/community-context.ts'
import { PaneTitle } from '../../shell/pane-title.tsx'
import { Button } from '../../ui/button.tsx'
import { Live } from '../../ui/live.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Empty } from '../../ui/page.tsx'
import { Row } from '../../ui/rows.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Select } from '../../ui/select.tsx'
import { languageName } from '../../words/languages.ts'
import { useTopics } from '../../words/topics.ts'
import { useFoundArticles, useLibrary } from './use-library.ts'

const everything = '.everything'
const none: readonly ArticleView[] = []

/** The articles of the community, on this device already. */
export function LibraryList() {
  const { t, i18n } = useLingui()
  const { go, route } = useNavigation()
  const { library, error } = useLibrary()
  const { nameOf } = useTopics()
  const [text, setText] = useState('')
  const [language, setLanguage] = useState<string>(everything)
  const [topic, setTopic] = useState<string>(everything)
  const found = useFoundArticles(text)
  const articles = library?.articles ?? none
  const languages = useMemo(() => [...new Set(articles.map((article) => article.language))], [articles])
  const topics = useMemo(() => [...new Set(articles.flatMap((article) => article.topics))], [articles])
  const isShown = (article: ArticleView): boolean =>
    (language === everything || article.language === language) &&
    (topic === everything || article.topics.includes(topic))
  const searching = text.trim() !== ''
  const shown = (searching ? (found ?? []) : articles.map((article) => ({ article, excerpt: '' }))).filter(
    ({ article }) => isShown(article),
  )
  return (
    <>
      <div className="pane-list-head">
        <PaneTitle title={t`Library`}>
          {library?.signsAs != null && (
            <Button kind="primary" icon="write" onPress={() => go({ at: 'write-article' })}>
              <Trans>Write</Trans>
            </Button>
          )}
        </PaneTitle>
        {articles.length > 0 && (
          <>
            <SearchBox
              label={t`Search in the library`}
              placeholder={t`Search in all articles`}
              value={text}
              onChange={setText}
              maxLength={limits.searchText}
            />
            {languages.length > 1 && (
              <Select
                label={t`Language`}
                hideLabel
                value={languages.includes(language) ? language : everything}
                onChange={setLanguage}
                items={[
                  { id: everything, name: t`All languages` },
                  ...languages.map((id) => ({ id, name: languageName(i18n.locale, id) })),
                ]}
              />
            )}
            {topics.length > 1 && (
              <Select
                label={t`Topic`}
                hideLabel
                value={topics.includes(topic) ? topic : everything}
                onChange={setTopic}
                items={[{ id: everything, name: t`All topics` }, ...topics.map((id) => ({ id, name: nameOf(id) }))]}
              />
            )}
          </>
        )}
      </div>
      <div className="pane-list-body">
        <Live className="hidden-but-read">
          {searching &&
            found !== undefined &&
            t({ message: plural({ count: shown.length }, { one: '# found', other: '# found' }) })}
        </Live>
        {error !== undefined && <ProblemNotice problem={problemOf(error)} />}
        {shown.length > 0 && (
          <ul className="rows" aria-label={t`Articles`}>
            {shown.map(({ article, excerpt }) => (
              <ArticleRow
                key={`${article.articleId} ${article.language}`}
                article={article}
                excerpt={excerpt}
                isCurrent={
                  route.at === 'article' && route.id === article.articleId && route.language === article.language
                }
              />
            ))}
          </ul>
        )}
        {library !== undefined && articles.length === 0 && <NothingYet mayWrite={library.signsAs !== null} />}
        {articles.length > 0 && shown.length === 0 && (!searching || found !== undefined) && (
          <Empty title={t`Nothing like that`}>
            <p>
              <Trans>Try fewer words, another topic or another language.</Trans>
            </p>
          </Empty>
        )}
        <LookAgain />
      </div>
    </>
  )
}

function ArticleRow({
  article,
  excerpt,
  isCurrent,
}: {
  readonly article: ArticleView
  readonly excerpt: string
  readonly isCurrent: boolean
}) {
  const { i18n } = useLingui()
  const { go } = useNavigation()
  const { nameOf } = useTopics()
  const { articleId, language, title, topics, signedBy } = article
  return (
    <Row
      picture={<Icon name="library" />}
      title={title}
      isCurrent={isCurrent}
      onPress={() => go({ at: 'article', id: articleId, language })}
    >
      {excerpt === '' ? (
        <span className="row-line">
          <bdi>{signedBy.name}</bdi>
        </span>
      ) : (
        <bdi className="row-line">{excerpt}</bdi>
      )}
      <span className="row-meta">
        <span>{languageName(i18n.locale, language)}</span>
        {topics.length > 0 && <span>{topics.map(nameOf).join(', ')}</span>}
      </span>
    </Row>
  )
}

function NothingYet({ mayWrite }: { readonly mayWrite: boolean }) {
  const { t } = useLingui()
  return (
    <Empty title={t`Nothing here yet`}>
      <p>
        {mayWrite ? (
          <Trans>
            Here the community keeps what it knows: its history, how things are done, where to find help. Write the
            first article.
          </Trans>
        ) : (
          <Trans>
            Here the community keeps what it knows: its history, how things are done, where to find help. Whoever wants
            to write asks the founder to be named an editor, under Community.
          </Trans>
        )}
      </p>
    </Empty>
  )
}

function LookAgain() {
  const { t } = useLingui()
  const client = useClient()
  const { community } = useBelonging()
  const refresh = useAction(() => client.library.refresh({ communityId: community.id }))
  return (
    <div className="list-foot">
      <Button icon="refresh" isPending={refresh.pending} onPress={() => void refresh.run()}>
        {refresh.pending ? t`Looking…` : t`Look for news`}
      </Button>
      <p className="small soft">
        <Trans>All of it is on this device. Nobody learns what you read, and you can read it without a network.</Trans>
      </p>
      <ProblemNotice problem={refresh.problem} />
    </div>
  )
}
