/** Limits that both the forms and the codecs hold. Characters are UTF-16 units. */
export const limits = {
  passphrase: { min: 8, max: 256 },
  communityName: 60,
  pseudonym: { min: 2, max: 40 },
  title: 80,
  offerText: 1200,
  introductionText: 1000,
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
  topics: 3,
  languages: 6,
  link: 4096,
  /** In bytes. `piece`: what passes between page and core in one call. `picture`: longer ones are not cleaned, and so not sent as pictures. */
  file: { bytes: 100 * 1024 * 1024, piece: 45 * 1024, picture: 32 * 1024 * 1024, voice: 1024 * 1024 },
  /** Characters. */
  fileName: 255,
  /** `members`: the host among them. `text` in bytes of UTF-8; `resources`: of one member. */
  circle: { members: 30, name: 60, text: 12_000, resources: 20, resourceText: 4_000, report: 500, perPersona: 16 },
} as const
