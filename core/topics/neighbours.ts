import { groupOf, topics } from './taxonomy.ts'

/** Each line: a topic and those beside it, whoever knows one often knows something of the other. Said once, for both. */
const said = `
career-guidance job-search career-change study-skills vocational-training leadership
job-search job-interviews cv-and-letters
job-interviews cv-and-letters negotiating-pay public-speaking
cv-and-letters writing
out-at-work discrimination coming-out workplace-conflict
workplace-conflict rights-at-work stress-and-burnout
leadership facilitating-groups running-an-association
career-change self-employment vocational-training
budgeting debt saving
self-employment starting-a-business taxes
debt social-benefits
saving starting-a-business
taxes dealing-with-authorities spreadsheets
negotiating-pay rights-at-work
social-benefits dealing-with-authorities housing disability-and-illness
self-care mental-well-being sleep-and-rest meditation stress-and-burnout
mental-well-being stress-and-burnout self-esteem peer-support grief
stress-and-burnout sleep-and-rest
loneliness friendship chosen-family ageing
grief break-ups
meditation faith-and-identity fitness-and-movement
self-esteem coming-out fitness-and-movement
health-navigation transition-care sexual-health disability-and-illness hiv-and-prep
transition-care exploring-gender name-and-gender-change
sexual-health hiv-and-prep intimacy
disability-and-illness sign-language ageing
recovery mental-well-being peer-support
fitness-and-movement dance
ageing oral-history
coming-out family-talks exploring-orientation exploring-gender
family-talks support-for-families faith-and-identity
chosen-family friendship leaving-home
exploring-gender exploring-orientation trans-history
support-for-families parenting
leaving-home housing leaving-violence
legal-rights discrimination rights-at-work migration-and-asylum marriage-and-partnership
migration-and-asylum language-of-the-country dealing-with-authorities travel-safety
name-and-gender-change dealing-with-authorities
discrimination harassment
marriage-and-partnership starting-a-family
digital-security online-privacy everyday-technology free-software
personal-safety travel-safety leaving-violence safer-dating
online-privacy blackmail-and-outing
safer-dating dating blackmail-and-outing
harassment personal-safety
language-practice learning-english language-of-the-country language-exams translation
language-of-the-country literacy
literacy study-skills
language-exams exams
public-speaking theatre
translation queer-literature
music singing ballroom
writing queer-literature oral-history
visual-arts graphic-design photography
photography film-and-video
film-and-video queer-cinema
theatre drag dance
dance ballroom
sewing knitting drag repairs
cooking gardening self-care
repairs woodwork computer-repair
hair-and-make-up drag
driving vocational-training
programming web-design making-games free-software
everyday-technology computer-repair spreadsheets
web-design graphic-design
making-games visual-arts
study-skills exams university
university scholarships science
mathematics science exams programming
teaching facilitating-groups parenting study-skills
community-organising activism volunteering running-an-association
events-and-fundraising running-an-association scholarships
activism media-and-campaigns legal-rights
volunteering peer-support
facilitating-groups peer-support
media-and-campaigns writing
queer-history queer-culture oral-history trans-history
queer-culture drag queer-literature queer-cinema ballroom
relationships dating friendship break-ups intimacy open-relationships
parenting starting-a-family
intimacy open-relationships
`

const beside = new Map<string, Set<string>>(topics.map(({ id }) => [id, new Set()]))
for (const line of said.trim().split('\n')) {
  const [topic = '', ...others] = line.split(' ')
  for (const other of others) {
    beside.get(topic)?.add(other)
    beside.get(other)?.add(topic)
  }
}

/** The topics beside a topic. Symmetric. */
export function neighboursOf(id: string): ReadonlySet<string> {
  return beside.get(id) ?? new Set()
}

/** How far two topics lie from each other: the same, beside, or in one group or with a neighbour in common. */
export type TopicDistance = 0 | 1 | 2

function distancesFrom(a: string): ReadonlyMap<string, TopicDistance> {
  const near = neighboursOf(a)
  const found = new Map<string, TopicDistance>()
  for (const { id, group } of topics) {
    if (near.has(id)) found.set(id, 1)
    else if (group === groupOf(a) || !near.isDisjointFrom(neighboursOf(id))) found.set(id, 2)
  }
  return found.set(a, 0)
}

/** By topic: ranking asks ten thousands of times. */
const distances = new Map(topics.map(({ id }) => [id, distancesFrom(id)]))

/** @returns undefined where they have nothing to do with each other */
export function topicDistance(a: string, b: string): TopicDistance | undefined {
  return a === b ? 0 : distances.get(a)?.get(b)
}
