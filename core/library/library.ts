import type { ArticleTextView, ArticleView, FoundArticleView, LibraryView } from '../api/library.ts'
import { limits } from '../api/limits.ts'
import { equal, fromHex, type Bytes } from '../base/bytes.ts'
import { Fault, isFault } from '../base/fault.ts'
import { harmlessLine, harmlessText } from '../base/harmless.ts'
import type { CommunityId } from '../base/ids.ts'
import type { Charters } from '../charter/charters.ts'
import { signerIn, type Charter } from '../charter/content.ts'
import type { Area } from '../commons/area.ts'
import type { Commons } from '../commons/commons.ts'
import type { Document } from '../commons/document.ts'
import type { Held } from '../commons/documents.ts'
import type { Communities } from '../community/communities.ts'
import { random } from '../crypto/random.ts'
import type { SigningKey } from '../crypto/sign.ts'
import type { Database } from '../database/database.ts'
import type { Personas } from '../personas/personas.ts'
import { Articles } from './articles.ts'
import { articleIdLength, articleKey, articleName, decodeText, encodeMeta, encodeText, metaOf } from './content.ts'

const areaName = 'library'
const byTitle = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true })

interface People {
  readonly charter: Charter
  readonly signer: SigningKey | undefined
}

export interface LibraryOptions {
  readonly database: Database
  readonly communities: Communities
  readonly personas: Personas
  readonly commons: Commons
  readonly charters: Charters
  /** Who shows it reads it again. */
  readonly changed: (communityId: CommunityId) => void
}

export interface ArticleWish {
  readonly articleId?: string | undefined
  readonly language: string
  readonly title: string
  readonly topics: readonly string[]
  readonly text: string
}

/**
 * A community's shared articles, in Markdown and in several languages, signed by
 * its editors and guardians. All that is here can be read and searched offline.
 */
export class Library implements Area {
  readonly name = areaName
  readonly shards = 16
  readonly spots = 1
  readonly limit = limits.library.articles
  readonly #options: LibraryOptions
  readonly #articles: Articles

  constructor(options: LibraryOptions) {
    const { commons, charters, database } = options
    this.#options = options
    this.#articles = new Articles(database)
    commons.register(this)
    charters.watch((id) => commons.signersChanged(id, areaName))
  }

  /** @throws Fault `not-found` */
  list(communityId: CommunityId): LibraryView {
    const people = this.#people(communityId)
    const signsAs = people.signer === undefined ? undefined : signerIn(people.charter, people.signer.publicKey)
    const articles = this.#options.commons.current(communityId, areaName).flatMap((held) => this.#view(held, people))
    return {
      signsAs: signsAs === undefined ? null : harmlessLine(signsAs.name),
      articles: articles.toSorted((a, b) => byTitle.compare(a.title, b.title)),
    }
  }

  /** @throws Fault `not-found` */
  read(communityId: CommunityId, articleId: string, language: string): ArticleTextView {
    const people = this.#people(communityId)
    const held = this.#held(communityId, articleKey(fromHex(articleId), language))
    const [view] = held === undefined ? [] : this.#view(held, people)
    if (held === undefined || view === undefined) throw notFound()
    return { ...view, text: harmlessText(decodeText(this.#options.commons.body(held))) }
  }

  search(communityId: CommunityId, text: string, limit: number): FoundArticleView[] {
    const people = this.#people(communityId)
    return this.#articles.search(communityId, text, limit).flatMap(({ key, excerpt }) => {
      const held = this.#held(communityId, key)
      const [article] = held === undefined ? [] : this.#view(held, people)
      // without the marks of Markdown, which would only be in the way
      return article === undefined ? [] : [{ article, excerpt: harmlessLine(excerpt.replace(/[*_`#>~|\\]+/gu, ' ')) }]
    })
  }

  /** @throws Fault `wrong-state`, `not-found`, `bad-input`, `too-large` */
  publish(communityId: CommunityId, { articleId, language, title, topics, text }: ArticleWish): ArticleTextView {
    if (articleId !== undefined && !this.#articles.has(communityId, articleId)) throw notFound()
    const article = articleId === undefined ? random(articleIdLength) : fromHex(articleId)
    const plain = title.normalize('NFC')
    if (harmlessLine(plain) !== plain) throw new Fault('bad-input', 'A title that shows otherwise than it is written')
    const meta = { article, language, title: plain, topics: [...new Set(topics)], withdrawn: false }
    this.#sign(communityId, articleKey(article, language), { meta: encodeMeta(meta), body: encodeText(text) })
    return this.read(communityId, articleName(article), language)
  }

  /** For everybody. @throws Fault `wrong-state`, `not-found` */
  withdraw(communityId: CommunityId, articleId: string, language: string): void {
    const article = fromHex(articleId)
    const key = articleKey(article, language)
    const held = this.#held(communityId, key)
    if (held === undefined || metaOf(held.document).withdrawn) throw notFound()
    const meta = encodeMeta({ article, language, title: '-', topics: [], withdrawn: true })
    this.#sign(communityId, key, { meta, body: new Uint8Array(0) })
  }

  signers(communityId: CommunityId): readonly Bytes[] {
    const { guardians, editors } = this.#options.charters.get(communityId)
    return [...guardians.map(({ signKey }) => signKey), ...editors.map(({ personaKey }) => personaKey)]
  }

  accepts(_communityId: CommunityId, document: Document): boolean {
    try {
      metaOf(document)
      return true
    } catch (error) {
      if (isFault(error)) return false
      throw error
    }
  }

  check(_document: Document, body: Bytes): void {
    decodeText(body)
  }

  /** What counts of an article now is what is shown and searched. */
  apply(communityId: CommunityId, key: Bytes): void {
    const { commons } = this.#options
    const held = commons.currentOf(communityId, areaName, key)
    const meta = held === undefined ? undefined : metaOf(held.document)
    if (held === undefined || meta === undefined || meta.withdrawn) this.#articles.remove(communityId, key)
    else this.#articles.put(communityId, key, meta, decodeText(commons.body(held)))
  }

  told(communityId: CommunityId): void {
    this.#options.changed(communityId)
  }

  isOut(communityId: CommunityId): void {
    this.#options.changed(communityId)
  }

  /** With what this person publishes: a persona that is an editor, or their guardian's key. */
  #signer(communityId: CommunityId): SigningKey | undefined {
    const { personas, charters } = this.#options
    const { editors } = charters.get(communityId)
    const own = personas.list(communityId).map(({ key }) => key)
    const isEditor = (key: SigningKey): boolean => editors.some(({ personaKey }) => equal(personaKey, key.publicKey))
    return own.find(isEditor) ?? charters.ownGuardianKeys(communityId)?.sign
  }

  #sign(communityId: CommunityId, key: Bytes, said: { readonly meta: Bytes; readonly body: Bytes }): void {
    this.#options.communities.get(communityId)
    const signer = this.#signer(communityId)
    if (signer === undefined) throw new Fault('wrong-state', 'Only editors and guardians publish')
    this.#options.commons.publish(communityId, areaName, { key, ...said }, signer)
  }

  #held(communityId: CommunityId, key: Bytes): Held | undefined {
    return this.#options.commons.currentOf(communityId, areaName, key)
  }

  /** Who may sign, and with what this person does. @throws Fault `not-found` */
  #people(communityId: CommunityId): People {
    const { communities, charters } = this.#options
    communities.get(communityId)
    return { charter: charters.get(communityId), signer: this.#signer(communityId) }
  }

  /** @returns one, or none where it was withdrawn */
  #view(held: Held, { charter, signer }: People): ArticleView[] {
    const { document } = held
    const by = signerIn(charter, document.signer)
    const meta = metaOf(document)
    if (by === undefined || meta.withdrawn) return []
    const mine = signer !== undefined && equal(signer.publicKey, document.signer)
    return [
      {
        articleId: articleName(meta.article),
        language: meta.language,
        title: harmlessLine(meta.title),
        topics: [...meta.topics],
        version: document.version,
        signedAt: document.at,
        signedBy: { name: harmlessLine(by.name), guardian: by.guardian, mine },
        out: !held.mine || this.#options.commons.isOut(held, areaName),
      },
    ]
  }
}

function notFound(): Fault {
  return new Fault('not-found', 'No such article')
}
