import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { ArticleTextView } from '../../../core/api/library.ts'
import { useClient, useView } from '../../api/context.tsx'
import { problemOf } from '../../api/fault.ts'
import { useAction } from '../../api/use-action.ts'
import { useRegion } from '../../locales/use-region.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { BackWhenNarrow } from '../../shell/back-when-narrow.tsx'
import { useBelonging } from '../../shell/community-context.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { ProblemNotice, Tag } from '../../ui/notice.tsx'
import { Empty, Page } from '../../ui/page.tsx'
import { Select } from '../../ui/select.tsx'
import { languageName } from '../../words/languages.ts'
import { fullDate } from '../../words/time.ts'
import { useTopics } from '../../words/topics.ts'
import { ArticleText } from './article-text.tsx'
import { useLibrary, useVersions } from './use-library.ts'
import './library.css'

/** One article, in one of its languages. */
export function ArticlePage({ id, language }: { readonly id: string; readonly language: string }) {
  const { t } = useLingui()
  const { community } = useBelonging()
  const { data, error } = useView(['library', community.id, id, language], (client) =>
    client.library.read({ communityId: community.id, articleId: id, language }),
  )
  if (error !== undefined && problemOf(error) === 'not-found') {
    return (
      <>
        <BackWhenNarrow />
        <Empty title={t`This is no longer here`} middle>
          <p>
            <Trans>It was taken off, or whoever signed it is no longer an editor.</Trans>
          </p>
        </Empty>
      </>
    )
  }
  if (data === undefined) {
    return error === undefined ? null : (
      <>
        <BackWhenNarrow />
        <ProblemNotice problem={problemOf(error)} />
      </>
    )
  }
  return (
    <>
      <BackWhenNarrow />
      <Page title={data.title}>
        <Head article={data} />
        <ArticleText text={data.text} language={data.language} />
        <Deeds article={data} />
      </Page>
    </>
  )
}

function Head({ article }: { readonly article: ArticleTextView }) {
  const { t, i18n } = useLingui()
  const region = useRegion()
  const { replace } = useNavigation()
  const { nameOf } = useTopics()
  const versions = useVersions(article.articleId) ?? []
  const { signedBy, version } = article
  const { name } = signedBy
  const when = fullDate(region, article.signedAt)
  return (
    <div className="article-signed">
      <p className="soft">
        <Trans>
          Signed by <bdi>{name}</bdi> on {when}
        </Trans>
        {signedBy.guardian && <> · {t`guardian`}</>}
        {version > 1 && <> · {t`version ${version}`}</>}
      </p>
      <div className="row">
        {article.topics.map((topic) => (
          <span key={topic} className="topic-chip">
            {nameOf(topic)}
          </span>
        ))}
        {!article.out && <Tag tone="waiting">{t`On its way to the others`}</Tag>}
      </div>
      {versions.length > 1 && (
        <Select
          label={t`Language`}
          value={article.language}
          onChange={(language) => replace({ at: 'article', id: article.articleId, language })}
          items={versions.map(({ language }) => ({ id: language, name: languageName(i18n.locale, language) }))}
        />
      )}
    </div>
  )
}

/** What an editor may do with it. */
function Deeds({ article }: { readonly article: ArticleTextView }) {
  const { t } = useLingui()
  const client = useClient()
  const { go } = useNavigation()
  const { community } = useBelonging()
  const { library } = useLibrary()
  const [asking, setAsking] = useState(false)
  const { articleId: id, language } = article
  const withdraw = useAction(() => client.library.withdraw({ communityId: community.id, articleId: id, language }))
  if (library?.signsAs == null) return null
  return (
    <div className="stack">
      <div className="row">
        <Button icon="write" onPress={() => go({ at: 'write-article', id, language })}>
          <Trans>Change it</Trans>
        </Button>
        <Button kind="plain" icon="plus" onPress={() => go({ at: 'write-article', id })}>
          <Trans>In another language</Trans>
        </Button>
        <Button kind="plain" icon="remove" isPending={withdraw.pending} onPress={() => setAsking(true)}>
          <Trans>Take it off</Trans>
        </Button>
      </div>
      <ProblemNotice problem={withdraw.problem} />
      <Confirm
        isOpen={asking}
        title={t`Take this article off?`}
        action={t`Take it off for everybody`}
        onClose={() => setAsking(false)}
        onConfirm={() => void withdraw.run()}
      >
        <p>
          <Trans>
            It disappears here, and for all others as soon as their devices hear of it. Whoever has read it may have
            kept it. Its other languages stay.
          </Trans>
        </p>
      </Confirm>
    </div>
  )
}
