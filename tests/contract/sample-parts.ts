/** What one procedure takes, what it must refuse, and what it gives. */
export interface Sample {
  /** Absent where the procedure takes nothing. */
  readonly input?: object
  /** None of these may reach the app. */
  readonly refused?: readonly unknown[]
  readonly output: unknown
  /** Given instead of `output`, these must not reach the page. */
  readonly broken: readonly unknown[]
}

export const id = 'ab'.repeat(16)
export const time = 1_795_000_000_000
export const weave = { threads: [1, 4], motif: 2, cells: Array.from({ length: 64 }, (_, at) => at % 2) }
export const author = { pseudonym: 'Riva', weave }
export const message = {
  id,
  conversationId: id,
  position: 0,
  mine: true,
  kind: 'text',
  text: 'hello',
  event: null,
  sentAt: time,
  edited: false,
  reply: null,
  reactions: { mine: null, theirs: null },
  timer: 0,
  expiresAt: null,
  changeableUntil: time,
  delivery: 'queued',
}
export const conversation = {
  id,
  personaId: id,
  communityId: id,
  contact: author,
  offerTitle: 'x',
  createdAt: time,
  lastMessage: message,
  unread: 0,
  channel: 'none',
  direct: { mine: false, theirs: false },
  timer: 0,
  muted: false,
  blocked: false,
  ending: 'none',
  draft: '',
  verified: false,
  keys: 'ok',
}
export const notIds: readonly unknown[] = [
  '',
  'x',
  id.toUpperCase(),
  `${id}0`,
  `${id} `,
  7,
  null,
  undefined,
  [id],
  { id },
]
/** `input` with each of `values` in the place of `name`. */
export const spoilt = (input: object, name: string, values: readonly unknown[]): unknown[] =>
  values.map((value) => ({ ...input, [name]: value }))
export const nothings: readonly unknown[] = [undefined, null, 'x', 7, [], true]
export const only = (name: string): Pick<Sample, 'input' | 'refused'> => ({
  input: { [name]: id },
  refused: [...nothings, {}, ...spoilt({}, name, notIds)],
})
export const many = (one: unknown): Pick<Sample, 'output' | 'broken'> => ({
  output: [one],
  broken: [undefined, one, [{}], [{ ...(one as object), id: 7 }]],
})
export const just = (one: object): Pick<Sample, 'output' | 'broken'> => ({
  output: one,
  broken: [undefined, null, {}, [one], { ...one, id: 7, privacyMode: 7 }],
})
export const done: Pick<Sample, 'output' | 'broken'> = { output: {}, broken: [undefined, null, 'x'] }
