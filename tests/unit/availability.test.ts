import { afterEach, describe, expect, it, vi } from 'vitest'
import { blocksOfWeek, localBlock, localWeek } from '../../core/api/availability.ts'
import { availabilityWords, clockOffset } from '../../renderer/words/availability.ts'

/** Minutes to the east of UTC. */
const zones = {
  UTC: 0,
  Rome: 60,
  'Rome in summer': 120,
  Kolkata: 330,
  Kathmandu: 345,
  Auckland: 780,
  Honolulu: -600,
  'St. John’s': -210,
  Kiritimati: 840,
  'Baker Island': -720,
}

describe.each(Object.entries(zones))('the week in %s', (_, offset) => {
  it('has each block once, in rows of one time of the day and columns of one day', () => {
    const week = localWeek(offset)
    expect(week).toHaveLength(6)
    expect(
      week
        .flat()
        .map(({ block }) => block)
        .toSorted((a, b) => a - b),
    ).toEqual(Array.from({ length: blocksOfWeek }, (_, block) => block))
    for (const row of week) {
      expect(new Set(row.map(({ minute }) => minute)).size).toBe(1)
      expect(row.map(({ day }) => day)).toEqual([0, 1, 2, 3, 4, 5, 6])
    }
    const times = week.map(([first]) => first?.minute ?? -1)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  })

  it('is the same moment as in UTC', () => {
    // the 5th of January 2026 is a Monday
    const monday = Date.UTC(2026, 0, 5)
    for (let block = 0; block < blocksOfWeek; block++) {
      const { day, minute } = localBlock(block, offset)
      const local = new Date(monday + block * 4 * 3_600_000 + offset * 60_000)
      expect([(local.getUTCDay() + 6) % 7, local.getUTCHours() * 60 + local.getUTCMinutes()]).toEqual([day, minute])
    }
  })
})

describe('availability in words', () => {
  it('says days and hours of the reader’s own clock, in the order of their week', () => {
    // Sunday 20:00 to Monday 00:00 UTC is Monday morning in Auckland
    expect(availabilityWords('en', 'de-DE', [41, 0, 1], 0)).toBe('Mon 0:00–8:00, Sun 20:00–0:00')
    expect(availabilityWords('en', 'de-DE', [41], 780)).toBe('Mon 9:00–13:00')
    expect(availabilityWords('it', 'it-IT', [0, 2, 4], 330)).toBe('lun 5:30–9:30 + 13:30–17:30 + 21:30–1:30')
    expect(availabilityWords('en', 'en-US', [5], -210)).toBe('Mon 4:30 PM–8:30 PM')
  })
})

describe('the reader’s own clock', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  const [july, december] = [Date.UTC(2026, 6, 15, 12), Date.UTC(2026, 11, 15, 12)]
  /** Monday, 16:00 to 20:00 UTC, as it is read in each. */
  const zones = [
    ['Europe/Rome', 'Mon 18:00–22:00', 'Mon 17:00–21:00'],
    ['America/St_Johns', 'Mon 13:30–17:30', 'Mon 12:30–16:30'],
    ['Asia/Kolkata', 'Mon 21:30–1:30', 'Mon 21:30–1:30'],
    ['Australia/Adelaide', 'Tue 1:30–5:30', 'Tue 2:30–6:30'],
    ['Pacific/Auckland', 'Tue 4:00–8:00', 'Tue 5:00–9:00'],
    ['Australia/Lord_Howe', 'Tue 2:30–6:30', 'Tue 3:00–7:00'],
  ] as const

  it.each(zones)('in %s it says %s in July and %s in December', (zone, inJuly, inDecember) => {
    vi.stubEnv('TZ', zone)
    const read = (now: number) => availabilityWords('en', 'de-DE', [4], clockOffset(now))
    expect([read(july), read(december)]).toEqual([inJuly, inDecember])
  })

  it('changes in the minute in which the clocks do', () => {
    vi.stubEnv('TZ', 'Europe/Rome')
    // the last Sundays of March and October 2026, 1:00 UTC
    const changes = [Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1)]
    expect(changes.map((at) => [clockOffset(at - 1), clockOffset(at)])).toEqual([
      [60, 120],
      [120, 60],
    ])
  })
})
