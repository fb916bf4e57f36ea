import type { CharterView, OwnTopicView } from '../api/charter.ts'
import { limits } from '../api/limits.ts'
import { topicLanguages } from '../api/topic-languages.ts'
import { equal, fromHex, hex, type Bytes } from '../base/bytes.ts'
import { base32 } from '../base/base32.ts'
import { Fault } from '../base/fault.ts'
import { harmlessLine } from '../base/harmless.ts'
import type { CommunityId, PersonaId } from '../base/ids.ts'
import type { Communities } from '../community/communities.ts'
import { random } from '../crypto/random.ts'
import type { Personas } from '../personas/personas.ts'
import { weaveOf } from '../personas/weave.ts'
import type { OwnTopic } from '../topics/own.ts'
import type { Charters } from './charters.ts'
import { decodeMemberCode, encodeMemberCode, type MemberCode } from './code.ts'
import type { Charter } from './content.ts'

const nobody = new Uint8Array(32)
const bounds = limits.charter

export interface CharterEditingOptions {
  readonly communities: Communities
  readonly personas: Personas
  readonly charters: Charters
}

/** The charter as it is shown, and what its founder may change in it. */
export class CharterEditing {
  readonly #options: CharterEditingOptions

  constructor(options: CharterEditingOptions) {
    this.#options = options
  }

  /** @throws Fault `not-found` */
  view(communityId: CommunityId): CharterView {
    const { communities, personas, charters } = this.#options
    const { founded, founder } = communities.get(communityId)
    const { guardians, editors, topics } = charters.get(communityId)
    const { version, at } = charters.edition(communityId)
    const own = charters.ownGuardianKeys(communityId)?.sign.publicKey
    const mine = personas.list(communityId)
    const other = equal(founder, nobody) ? 'none' : 'other'
    return {
      version,
      signedAt: version === 0 ? null : at,
      founder: founded ? 'mine' : other,
      out: version === 0 || charters.hasGoneOut(communityId),
      guardians: guardians.map(({ name, signKey }) => ({
        key: hex(signKey),
        name: harmlessLine(name),
        mine: own !== undefined && equal(own, signKey),
      })),
      editors: editors.map(({ name, personaKey }) => ({
        key: hex(personaKey),
        name: harmlessLine(name),
        weave: weaveOf(personaKey),
        personaId: mine.find(({ key }) => equal(key.publicKey, personaKey))?.id ?? null,
      })),
      topics: topics.map(({ id, words, near }) => ({
        id,
        words: topicLanguages.flatMap((language) => {
          const called = words[language]
          if (called === undefined) return []
          return [{ language, name: harmlessLine(called.name), also: called.also.map(harmlessLine) }]
        }),
        near: [...near],
      })),
    }
  }

  addGuardian(communityId: CommunityId, name: string, text: string): CharterView {
    const code = this.#code(communityId, text, 'guardian')
    return this.#edit(communityId, (charter) => {
      requireNew(charter, [code.signKey, code.boxKey])
      requireRoom(charter.guardians, bounds.guardians)
      const guardian = { name: harmlessName(name), signKey: code.signKey, boxKey: code.boxKey }
      return { ...charter, guardians: [...charter.guardians, guardian] }
    })
  }

  removeGuardian(communityId: CommunityId, key: string): CharterView {
    return this.#edit(communityId, (charter) => ({
      ...charter,
      guardians: without(charter.guardians, ({ signKey }) => hex(signKey) === key),
    }))
  }

  addEditor(communityId: CommunityId, name: string, text: string): CharterView {
    const { personaKey } = this.#code(communityId, text, 'editor')
    return this.#edit(communityId, (charter) => {
      requireNew(charter, [personaKey])
      requireRoom(charter.editors, bounds.editors)
      return { ...charter, editors: [...charter.editors, { name: harmlessName(name), personaKey }] }
    })
  }

  removeEditor(communityId: CommunityId, key: string): CharterView {
    const wanted = fromHex(key)
    return this.#edit(communityId, (charter) => ({
      ...charter,
      editors: without(charter.editors, ({ personaKey }) => equal(personaKey, wanted)),
    }))
  }

  putTopic(
    communityId: CommunityId,
    { id, words, near }: Pick<OwnTopicView, 'words' | 'near'> & { readonly id?: string | undefined },
  ): CharterView {
    return this.#edit(communityId, (charter) => {
      const topic: OwnTopic = {
        id: id ?? `own-${base32(random(10))}`,
        words: Object.fromEntries(
          words.map(({ language, name, also }) => [
            language,
            { name: harmlessName(name), also: [...new Set(also.map(harmlessName))] },
          ]),
        ),
        near: [...new Set(near)].filter((other) => other !== id),
      }
      if (id === undefined) {
        requireRoom(charter.topics, bounds.topics)
        return { ...charter, topics: [...charter.topics, topic] }
      }
      const at = charter.topics.findIndex((one) => one.id === id)
      if (at < 0) throw notFound()
      return { ...charter, topics: charter.topics.with(at, topic) }
    })
  }

  removeTopic(communityId: CommunityId, id: string): CharterView {
    return this.#edit(communityId, (charter) => ({
      ...charter,
      topics: without(charter.topics, (topic) => topic.id === id).map((topic) => ({
        ...topic,
        near: topic.near.filter((other) => other !== id),
      })),
    }))
  }

  /** @throws Fault `not-found` */
  editorCode(personaId: PersonaId): string {
    const { communities, personas } = this.#options
    const { communityId, key } = personas.get(personaId)
    return encodeMemberCode({ kind: 'editor', personaKey: key.publicKey }, communities.get(communityId).networkKey)
  }

  #edit(communityId: CommunityId, change: (charter: Charter) => Charter): CharterView {
    this.#options.charters.edit(communityId, change)
    return this.view(communityId)
  }

  #code<Kind extends MemberCode['kind']>(
    communityId: CommunityId,
    text: string,
    kind: Kind,
  ): Extract<MemberCode, { kind: Kind }> {
    const code = decodeMemberCode(text, this.#options.communities.get(communityId).networkKey)
    if (!isOfKind(code, kind)) throw new Fault('invite-mangled', 'A code for something else')
    return code
  }
}

function isOfKind<Kind extends MemberCode['kind']>(
  code: MemberCode,
  kind: Kind,
): code is Extract<MemberCode, { kind: Kind }> {
  return code.kind === kind
}

/** What others would see otherwise than it is written is no name. */
function harmlessName(name: string): string {
  const plain = name.normalize('NFC')
  if (plain === '' || harmlessLine(plain) !== plain) throw new Fault('bad-input', 'This cannot be a name')
  return plain
}

function requireNew({ guardians, editors }: Charter, keys: readonly Bytes[]): void {
  const named = [...guardians.flatMap(({ signKey, boxKey }) => [signKey, boxKey]), ...editors.map((e) => e.personaKey)]
  if (named.some((known) => keys.some((key) => equal(key, known)))) {
    throw new Fault('wrong-state', 'The charter names this key already')
  }
}

function requireRoom({ length }: readonly unknown[], most: number): void {
  if (length >= most) throw new Fault('wrong-state', 'The charter names as many as it may')
}

function without<Item>(items: readonly Item[], isMeant: (item: Item) => boolean): Item[] {
  const rest = items.filter((item) => !isMeant(item))
  if (rest.length === items.length) throw notFound()
  return rest
}

function notFound(): Fault {
  return new Fault('not-found', 'Not in the charter')
}
