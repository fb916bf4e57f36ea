/** Limits that both the forms and the codecs hold. Characters are UTF-16 units. */
export const limits = {
  passphrase: { min: 8, max: 256 },
  communityName: 60,
  pseudonym: { min: 2, max: 40 },
  title: 80,
  offerText: 1200,
  introductionText: 1000,
  messageText: 3000,
  topics: 3,
  languages: 6,
  link: 4096,
} as const
