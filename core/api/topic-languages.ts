/** Languages in which topics have names, by BCP 47: those of the community pages that this project comes from. */
export const topicLanguages = ['ar', 'de', 'en', 'es', 'fr', 'it', 'ja', 'pl', 'pt', 'ru', 'tr', 'zh'] as const

export type TopicLanguage = (typeof topicLanguages)[number]
