/** One thing that people teach and learn. What it is called stands in `words/`, keyed by `id`. */
export interface Topic {
  /** Part of what boards are derived from: once released it never changes. */
  readonly id: string
  readonly group: string
}

const groups = {
  work: `career-guidance job-search job-interviews cv-and-letters out-at-work workplace-conflict leadership
    career-change`,
  money: `budgeting self-employment debt saving taxes starting-a-business negotiating-pay social-benefits`,
  'well-being': `self-care mental-well-being stress-and-burnout loneliness grief meditation sleep-and-rest self-esteem`,
  health: `health-navigation transition-care sexual-health hiv-and-prep disability-and-illness recovery
    fitness-and-movement ageing`,
  family: `coming-out family-talks chosen-family faith-and-identity exploring-gender exploring-orientation
    support-for-families leaving-home`,
  rights: `legal-rights migration-and-asylum name-and-gender-change discrimination rights-at-work housing
    marriage-and-partnership dealing-with-authorities`,
  safety: `digital-security personal-safety online-privacy safer-dating harassment blackmail-and-outing
    leaving-violence travel-safety`,
  languages: `language-practice sign-language learning-english language-of-the-country translation literacy
    language-exams public-speaking`,
  arts: `music writing visual-arts photography film-and-video theatre dance singing`,
  crafts: `sewing cooking repairs woodwork gardening hair-and-make-up knitting driving`,
  technology: `programming everyday-technology web-design spreadsheets graphic-design computer-repair free-software
    making-games`,
  education: `study-skills university exams scholarships mathematics science vocational-training teaching`,
  organising: `community-organising events-and-fundraising activism volunteering facilitating-groups peer-support
    media-and-campaigns running-an-association`,
  history: `queer-history queer-culture drag queer-literature queer-cinema oral-history trans-history ballroom`,
  relationships: `relationships parenting dating friendship break-ups starting-a-family intimacy open-relationships`,
} as const satisfies Record<string, string>

export const topics: readonly Topic[] = Object.entries(groups).flatMap(([group, ids]) =>
  ids.split(/\s+/).map((id) => ({ id, group })),
)

const known: ReadonlyMap<string, Topic> = new Map(topics.map((topic) => [topic.id, topic]))

/** Whether a topic is one of this version's. Offers of others may name newer ones. */
export function isTopic(id: string): boolean {
  return known.has(id)
}

/** The group of a topic, undefined where this version does not know it. */
export function groupOf(id: string): string | undefined {
  return known.get(id)?.group
}
