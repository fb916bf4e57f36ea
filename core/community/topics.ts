/** One thing that people teach and learn. Its names are in the renderer's catalogues, keyed by `id`. */
export interface Topic {
  /** Part of what boards are derived from: once released it never changes. */
  readonly id: string
  readonly group: string
}

/** The board of everything. Not a topic: nobody chooses it, every offer goes there as well. */
export const allTopic = 'all'

const groups = {
  work: ['career-guidance', 'job-search'],
  money: ['budgeting', 'self-employment'],
  'well-being': ['self-care', 'mental-well-being'],
  health: ['health-navigation', 'transition-care'],
  family: ['coming-out', 'family-talks'],
  rights: ['legal-rights', 'migration-and-asylum'],
  safety: ['digital-security', 'personal-safety'],
  languages: ['language-practice', 'sign-language'],
  arts: ['music', 'writing', 'visual-arts'],
  crafts: ['sewing', 'cooking', 'repairs'],
  technology: ['programming', 'everyday-technology'],
  education: ['study-skills', 'university'],
  organising: ['community-organising', 'events-and-fundraising'],
  history: ['queer-history', 'queer-culture'],
  relationships: ['relationships', 'parenting'],
} as const satisfies Record<string, readonly string[]>

export const topics: readonly Topic[] = Object.entries(groups).flatMap(([group, ids]) =>
  ids.map((id) => ({ id, group })),
)

/** Whether a topic is one of this version's. Offers of others may name newer ones. */
export function isTopic(id: string): boolean {
  return topics.some((topic) => topic.id === id)
}
