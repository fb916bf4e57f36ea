import { describe, expect, it } from 'vitest'
import { topicId } from '../../core/api/views.ts'
import { allTopic, topics } from '../../core/community/topics.ts'

describe('the topics', () => {
  it('have stable, distinct ids in 12 to 15 groups, and none is the board of everything', () => {
    const ids = topics.map(({ id }) => topicId.parse(id))
    expect(new Set(ids).size).toBe(topics.length)
    expect(topics.length).toBeGreaterThanOrEqual(30)
    const groups = new Set(topics.map(({ group }) => topicId.parse(group)))
    expect(groups.size).toBeGreaterThanOrEqual(12)
    expect(groups.size).toBeLessThanOrEqual(15)
    expect(ids).not.toContain(allTopic)
    expect(topicId.parse(allTopic)).toBe('all')
  })
})
