/** Limits that both the forms and the codecs hold. Characters are UTF-16 units. */
export const limits = {
  passphrase: { min: 8, max: 256 },
  communityName: 60,
  pseudonym: { min: 2, max: 40 },
  title: 80,
  offerText: 1200,
  boundaries: 400,
  meet: 400,
  inReturn: 200,
  tags: 5,
  tag: 24,
  /** How many at once. */
  capacity: 30,
  /** In bytes, as `offerRoom` counts: what is left in an offer's box beside its keys. */
  offerRoom: 1860,
  offerDrafts: 50,
  introductionText: 1000,
  /** What a person may say of themselves; `voice` in bytes, about ten seconds. */
  card: { pronouns: 30, region: 60, name: 40, words: 300, voice: 48 * 1024 },
  /** Bits of memory-hard work: what an introduction needs, and what a person may choose to do. */
  introductionWork: { min: 8, max: 14 },
  /** That wait for an answer at the same time, for one persona. */
  pendingIntroductions: 32,
  /** Alive at the same time, for one persona. */
  inviteTokens: 64,
  tokenNote: 40,
  tokenText: 256,
  safetyCode: 512,
  /** Of UTF-8: what is longer is a file. */
  messageBytes: 65_536,
  reaction: 32,
  searchText: 200,
  /** Of one guardian. `blocked`: personas in one notice; `words`: characters. */
  notices: { count: 32, words: 1000, blocked: 32, days: 180 },
  /** Of a conversation, shown to others. `bytes`: encoded, and as it goes to a guardian; `note`: characters. */
  evidence: { messages: 100, note: 2000, bytes: 96 * 1024 },
  topics: 3,
  languages: 6,
  link: 4096,
  /** In bytes. `piece`: what passes between page and core in one call. `picture`: longer ones are not cleaned, and so not sent as pictures. */
  file: { bytes: 100 * 1024 * 1024, piece: 45 * 1024, picture: 32 * 1024 * 1024, voice: 1024 * 1024 },
  /** Characters. */
  fileName: 255,
  /** Of a community's charter. `topicWords`: other words for a topic, in one language; `neighbours`: of one topic. */
  charter: { guardians: 8, editors: 16, topics: 60, name: 40, topicName: 60, topicWords: 8, neighbours: 8 },
  /** `text`: bytes of Markdown in UTF-8. `articles`: language versions that one person signs. */
  library: { title: 120, text: 48_000, articles: 100 },
  /** What somebody hands to the founder, in characters. */
  memberCode: 512,
  /** `members`: the host among them. `text` in bytes of UTF-8; `resources`: of one member. */
  circle: { members: 30, name: 60, text: 12_000, resources: 20, resourceText: 4_000, report: 500, perPersona: 16 },
} as const
