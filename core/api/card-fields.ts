/** Of a card, without zod: windows need them too. Coarse on purpose: an age is one of a few, a band one of many. */
export const ageBands = ['under-18', '18-24', '25-34', '35-49', '50-64', '65-or-more'] as const

/** What an introduction may show: a voice comes later, in the conversation. */
export const wordFields = ['pronouns', 'age', 'region', 'name', 'words'] as const
export const cardFields = [...wordFields, 'voice'] as const
