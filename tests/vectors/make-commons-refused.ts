import { cbor, type CborMap } from './second-cbor.ts'
import { articleKey, digestOf, documentOf, fieldsOf, headOf } from './second-documents.ts'
import { keyOf, sha256, text, type Key } from './second.ts'

/*
 * What is refused of documents, for commons.json: from PROTOCOL.md sections "Documents", "Charter", "Member codes" and
 * "Articles". Each has one thing wrong with it, unless it says more, and is signed as it stands.
 */
const hex = (buffer: Uint8Array): string => Buffer.from(buffer).toString('hex')
const at = Date.UTC(2026, 10, 18, 12)

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
function base32(buffer: Buffer): string {
  const bits = [...buffer].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

/** A member code of any bytes, with its checksum. */
export function codeText(label: string, networkKey: Uint8Array, ...parts: Uint8Array[]): string {
  const body = Buffer.concat(parts)
  const check = sha256(text('staffetta/member-code/1'), networkKey, body).subarray(0, 8)
  return `staffetta:${label}:${base32(Buffer.concat([body, check]))}`
}

export interface Cast {
  readonly founder: Key
  /** 16 bytes. */
  readonly article: Buffer
  readonly guardian: { readonly n: string; readonly s: Buffer; readonly b: Buffer }
  readonly editor: { readonly n: string; readonly p: Buffer }
  readonly networkKey: Buffer
}

export function refusedInCommons(cast: Cast) {
  return {
    refusedHeads: heads(cast).map(({ why, code, head }) => ({ why, code, head: hex(head) })),
    refusedArticles: articles(cast).map(({ why, code, head }) => ({ why, code, head: hex(head) })),
    ranks: ranks(cast),
    refusedCharters: charters(cast).map(({ why, code, charter }) => ({ why, code, charter: hex(cbor(charter)) })),
    refusedCodes: codes(cast),
  }
}

function heads({ founder }: Cast) {
  const key = Buffer.alloc(16)
  const body = Buffer.from('the body')
  const wish = { area: 'charter', key, version: 3, at, meta: Buffer.alloc(0), body }
  const fields = fieldsOf(wish, founder)
  const bare = fieldsOf({ ...wish, body: Buffer.alloc(0) }, founder)
  const long = fieldsOf({ ...wish, body: Buffer.alloc(16_001, 1) }, founder)
  const good = headOf(fields, founder, body)
  const [part = Buffer.alloc(32)] = fields['h'] as readonly Buffer[]
  const but = (why: string, change: CborMap, code = 'malformed') => {
    const head = headOf({ ...fields, ...change }, founder, body)
    return { why, code, head }
  }
  const without = (name: string): Buffer => {
    const { [name]: _, ...rest } = fields
    return headOf(rest, founder, body)
  }
  const { s: _, ...unsigned } = { ...fields, b: body, s: 0 }
  const signed = { ...fields, b: body }
  const other = keyOf(Buffer.alloc(32, 9))
  return [
    { why: 'of no bytes', code: 'malformed', head: Buffer.alloc(0) },
    { why: 'of one byte more than a small box holds', code: 'too-large', head: Buffer.alloc(4056) },
    { why: 'cut short', code: 'malformed', head: good.subarray(0, -1) },
    { why: 'with a byte behind it', code: 'malformed', head: Buffer.concat([good, Buffer.of(0)]) },
    {
      why: 'with a longer integer than needed',
      code: 'malformed',
      head: swapped(good, Buffer.from('616e03', 'hex'), Buffer.from('616e1803', 'hex')),
    },
    {
      why: 'with keys in another order',
      code: 'malformed',
      head: swapped(good, Buffer.from('616e036170', 'hex'), Buffer.from('6170616e03', 'hex')),
    },
    { why: 'that is a list', code: 'malformed', head: cbor([1]) },
    { why: 'without a version', code: 'malformed', head: without('v') },
    but('of a version that is no integer', { v: '1' }),
    but('of another version', { v: 2 }, 'unknown-version'),
    { why: 'of another version, with fields of another kind', code: 'unknown-version', head: cbor({ v: 2, n: 'x' }) },
    but('of an area in capitals', { a: 'CHARTER' }),
    but('of no area', { a: '' }),
    but('of an area of 17 letters', { a: 'a'.repeat(17) }),
    but('with a key of 15 bytes', { k: key.subarray(1) }),
    but('with a key that is text', { k: 'k' }),
    but('with version number 0', { n: 0 }),
    but('with version number 2^32', { n: 2 ** 32 }),
    but('with a negative time', { t: -1 }),
    but('with time 2^53', { t: 2n ** 53n }),
    but('with a time that is text', { t: 'now' }),
    but('with 1,025 bytes to be known before', { m: Buffer.alloc(1025) }),
    { why: 'without a key', code: 'malformed', head: without('k') },
    { why: 'without the length of its body', code: 'malformed', head: without('l') },
    but('with a field that is none', { y: 1 }),
    but('with another hash than that of the body in it', { h: [Buffer.alloc(32, 1)] }),
    but('with one hash more than the body has parts', { h: [part, part] }),
    but('with no hash of its body', { h: [] }),
    but('with a hash of 31 bytes', { h: [part.subarray(1)] }),
    but('with another length than the body in it', { l: body.length + 1 }),
    {
      why: 'with one hash less than its long body has parts',
      code: 'malformed',
      head: headOf({ ...long, h: [part] }, founder),
    },
    { why: 'with a hash of an empty body', code: 'malformed', head: headOf({ ...bare, h: [part] }, founder) },
    {
      why: 'with a body of 48,001 bytes',
      code: 'malformed',
      head: headOf({ ...bare, l: 48_001, h: [part, part, part, part] }, founder),
    },
    { why: 'without the body that it has room for', code: 'malformed', head: headOf(fields, founder) },
    { why: 'with an empty body in it', code: 'malformed', head: headOf(bare, founder, Buffer.alloc(0)) },
    {
      why: 'with the beginning of a body that it has no room for',
      code: 'malformed',
      head: headOf(long, founder, body),
    },
    but('with a signer of 31 bytes', { p: founder.pub.subarray(1) }),
    { why: 'without a signature', code: 'malformed', head: cbor(unsigned) },
    { why: 'with a signature of 63 bytes', code: 'malformed', head: cbor({ ...signed, s: Buffer.alloc(63) }) },
    { why: 'signed by another', code: 'bad-signature', head: headOf(fields, other, body) },
    {
      why: 'signed as another version of it',
      code: 'bad-signature',
      head: swapped(good, Buffer.from('616e03', 'hex'), Buffer.from('616e04', 'hex')),
    },
    {
      why: 'signed by another, without the body that it has room for',
      code: 'malformed',
      head: headOf(fields, other),
    },
  ]
}

/** With the one place where `from` stands changed. */
function swapped(bytes: Buffer, from: Buffer, to: Buffer): Buffer {
  const place = bytes.indexOf(from)
  if (place < 0 || bytes.indexOf(from, place + 1) >= 0) throw new Error('Not there once')
  return Buffer.concat([bytes.subarray(0, place), to, bytes.subarray(place + from.length)])
}

/** Heads that are well made and signed, of documents that are no articles. */
function articles({ founder, article }: Cast) {
  const good = { v: 1, i: article, l: 'it', h: 'La nostra storia', t: ['queer-history'], w: false }
  const document = (meta: CborMap, body = 'Testo', key = articleKey(article, 'it')): Buffer =>
    documentOf({ area: 'library', key, version: 1, at, meta: cbor(meta), body: Buffer.from(body) }, founder)
  const but = (why: string, change: CborMap, code = 'malformed') => ({
    why,
    code,
    head: document({ ...good, ...change }),
  })
  const { t: _, ...noTopics } = good
  return [
    {
      why: 'under the key of another article',
      code: 'malformed',
      head: document(good, 'Testo', articleKey(Buffer.alloc(16), 'it')),
    },
    {
      why: 'under the key of another language',
      code: 'malformed',
      head: document(good, 'Testo', articleKey(article, 'en')),
    },
    but('withdrawn, with a body', { w: true }),
    { why: 'not withdrawn, without a body', code: 'malformed', head: document(good, '') },
    but('of another version', { v: 2 }, 'unknown-version'),
    but('with an article of 15 bytes', { i: article.subarray(1) }),
    but('with a language that is none', { l: 'IT' }),
    but('without a title', { h: '' }),
    but('with a title of 121 units', { h: 'x'.repeat(121) }),
    but('with a title on two lines', { h: 'La\nstoria' }),
    but('with a title that turns round', { h: 'La \u202estoria' }),
    but('with white space behind its title', { h: 'La storia\u3000' }),
    but('with four topics', { t: ['a', 'b', 'c', 'd'] }),
    but('with a topic twice', { t: ['a', 'a'] }),
    but('with a topic with a capital', { t: ['Queer-history'] }),
    but('with a topic of 41 characters', { t: ['a'.repeat(41)] }),
    { why: 'without topics, not even none', code: 'malformed', head: document(noTopics) },
    but('with a field that is none', { y: 1 }),
  ]
}

/** Of documents under one key: the one that counts, whatever came first. */
function ranks({ founder }: Cast) {
  const wish = { area: 'charter', key: Buffer.alloc(16), at, meta: Buffer.alloc(0) }
  const head = (version: number, body: string, when = at): Buffer =>
    documentOf({ ...wish, version, at: when, body: Buffer.from(body) }, founder)
  const [lower, higher] = ['one', 'two', 'three']
    .map((body) => head(5, body))
    .toSorted((a, b) => Buffer.compare(digestOf(a), digestOf(b)))
  if (lower === undefined || higher === undefined) throw new Error('no heads')
  return [
    { why: 'of one version, that with the lower digest', counts: hex(lower), yields: [hex(higher)] },
    {
      why: 'the higher version, whenever it was signed',
      counts: hex(head(6, 'four', at - 1)),
      yields: [hex(lower), hex(higher)],
    },
    { why: 'of one version, not that which was signed later', ...byTime(head) },
  ]
}

/** Two of one version, the earlier of which has the lower digest. */
function byTime(head: (version: number, body: string, when: number) => Buffer) {
  for (let later = at + 1; ; later++) {
    const [one, other] = [head(7, 'five', at), head(7, 'five', later)]
    if (Buffer.compare(digestOf(one), digestOf(other)) < 0) return { counts: hex(one), yields: [hex(other)] }
  }
}

function charters({ guardian, editor }: Cast) {
  const own = { i: 'own-abcdefgh', w: { en: { n: 'Choir', a: [] } }, b: [] }
  const good = { v: 1, g: [guardian], e: [editor], t: [own] }
  const but = (why: string, change: CborMap, code = 'malformed') => ({ why, code, charter: { ...good, ...change } })
  const keyNo = (nth: number): Buffer => Buffer.alloc(32, nth)
  const topic = (change: CborMap): CborMap => ({ t: [{ ...own, ...change }] })
  return [
    but('of another version', { v: 2 }, 'unknown-version'),
    but('with nine guardians', {
      g: Array.from({ length: 9 }, (_, nth) => ({ n: 'A', s: keyNo(2 * nth), b: keyNo(2 * nth + 1) })),
    }),
    but('with 17 editors', { e: Array.from({ length: 17 }, (_, nth) => ({ n: 'A', p: keyNo(nth) })) }),
    but('with a guardian without a name', { g: [{ ...guardian, n: '' }] }),
    but('with a key of 31 bytes', { g: [{ ...guardian, s: keyNo(1).subarray(1) }] }),
    but('with a guardian who is an editor too', { e: [{ ...editor, p: guardian.s }] }),
    but('with one key for two things', { g: [{ ...guardian, b: guardian.s }] }),
    but('with a topic twice', { t: [own, own] }),
    but('with a topic that is not called own', topic({ i: 'abcdefghijkl' })),
    but('with an own topic of 7 characters', topic({ i: 'own-abcdefg' })),
    but('with an own topic of 37 characters', topic({ i: `own-${'a'.repeat(37)}` })),
    but('with a hyphen in an own topic', topic({ i: 'own-abcd-efgh' })),
    but('with a topic without words', topic({ w: {} })),
    but('with a topic in a language that is not among them', topic({ w: { xx: { n: 'Choir', a: [] } } })),
    but(
      'with nine other words for a topic',
      topic({ w: { en: { n: 'Choir', a: Array.from({ length: 9 }, () => 'x') } } }),
    ),
    but('with nine topics beside one', topic({ b: Array.from({ length: 9 }, (_, nth) => `topic-${nth}`) })),
    but('beside a topic with a capital', topic({ b: ['Singing'] })),
    but('with 61 topics', {
      t: Array.from({ length: 61 }, (_, nth) => ({ ...own, i: `own-topic${String(nth).padStart(4, '0')}` })),
    }),
    but('with a field that is none', { y: 1 }),
  ]
}

function codes({ guardian, editor, networkKey }: Cast) {
  const [guardians, editors] = [Buffer.of(1, 1), Buffer.of(1, 2)]
  const good = codeText('editor', networkKey, editors, editor.p)
  return [
    {
      why: 'of another community',
      code: 'invite-mangled',
      text: codeText('editor', Buffer.alloc(32), editors, editor.p),
    },
    {
      why: 'with a letter changed',
      code: 'invite-mangled',
      text: good.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a')),
    },
    {
      why: 'of the other kind than its label',
      code: 'invite-mangled',
      text: codeText('guardian', networkKey, editors, editor.p),
    },
    {
      why: 'of a kind that is none',
      code: 'invite-mangled',
      text: codeText('editor', networkKey, Buffer.of(1, 3), editor.p),
    },
    {
      why: 'with one key too few',
      code: 'invite-mangled',
      text: codeText('guardian', networkKey, guardians, guardian.s),
    },
    {
      why: 'with a byte behind its keys',
      code: 'invite-mangled',
      text: codeText('editor', networkKey, editors, editor.p, Buffer.of(0)),
    },
    {
      why: 'of another version',
      code: 'invite-unknown-version',
      text: codeText('editor', networkKey, Buffer.of(2, 2), editor.p),
    },
    { why: 'without a label', code: 'invite-mangled', text: good.replace('staffetta:editor:', '') },
  ]
}
