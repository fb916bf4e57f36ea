import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'
import { limits } from './limits.ts'
import { utf8Length } from './utf8-length.ts'
import { languageTag, plainLine, topicId } from './views.ts'

const id = z.string().regex(/^[0-9a-f]{32}$/)
const by = oc.errors(errors)
const of = z.object({ communityId: id })

/** One language version of an article. */
export const articleView = z.object({
  /** The same in all languages. */
  articleId: id,
  language: languageTag,
  title: z.string(),
  topics: z.array(topicId),
  /** Counts up with every change. */
  version: z.number().int().positive(),
  /** By the signer's clock. */
  signedAt: z.number().int().nonnegative(),
  /** By their name in the charter. */
  signedBy: z.object({ name: z.string(), guardian: z.boolean(), mine: z.boolean() }),
  /** Whether all copies that this device owes of an own one are out. */
  out: z.boolean(),
})

export const articleTextView = articleView.extend({
  /** Markdown, as it was signed, without what would deceive on a screen. */
  text: z.string(),
})

export const libraryView = z.object({
  /** The name under which this person may publish; null where they may not. */
  signsAs: z.string().nullable(),
  /** By title. */
  articles: z.array(articleView),
})

export const foundArticleView = z.object({
  article: articleView,
  /** Where in the text it was found. */
  excerpt: z.string(),
})

export type ArticleView = z.infer<typeof articleView>
export type ArticleTextView = z.infer<typeof articleTextView>
export type LibraryView = z.infer<typeof libraryView>
export type FoundArticleView = z.infer<typeof foundArticleView>

const articleText = z
  .string()
  .min(1)
  .refine((text) => utf8Length(text) <= limits.library.text)
const version = of.extend({ articleId: id, language: languageTag })

/** A community's shared articles. All of them lie in the vault: nothing is asked of anybody when one is read. */
export const libraryContract = {
  list: by.input(of).output(libraryView),
  /** Errors: not-found. */
  read: by.input(version).output(articleTextView),
  /** All words of it, the last one as a beginning; what has them in its title stands first. */
  search: by
    .input(
      of.extend({
        text: z.string().trim().min(1).max(limits.searchText),
        limit: z.number().int().min(1).max(100),
      }),
    )
    .output(z.array(foundArticleView)),
  /**
   * A new one, or the next version of one in a language. Saved, signed, and on its way when it returns.
   * Errors: wrong-state (not one who may publish, or as many as one may sign), not-found (`articleId`),
   * bad-input (what shows otherwise than it is written), too-large.
   */
  publish: by
    .input(
      of.extend({
        articleId: id.optional(),
        language: languageTag,
        title: plainLine(limits.library.title),
        topics: z.array(topicId).max(limits.topics),
        text: articleText,
      }),
    )
    .output(articleTextView),
  /** For everybody. Errors: not-found, wrong-state (not one who may publish). */
  withdraw: by.input(version).output(z.object({})),
  /** Looks for news now. Errors: unreachable. */
  refresh: by.input(of).output(z.object({})),
}
