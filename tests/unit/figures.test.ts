import { describe, expect, it } from 'vitest'
import { figure } from '../harness/figures.ts'

describe('a figure', () => {
  it('meets a target that it must not go beyond, and one that it must come to', () => {
    const met = (ours: number, target: number, bound?: 'at most' | 'at least'): boolean | null =>
      figure('speed', ours, { name: 'bare', value: 10, target, ...(bound === undefined ? {} : { bound }) }).met
    expect([met(15, 1.5), met(16, 1.5)]).toEqual([true, false])
    expect([met(3, 0.3, 'at least'), met(2, 0.3, 'at least')]).toEqual([true, false])
  })

  it('is only reported where there is no target', () => {
    expect(figure('speed', 1, { name: 'bare', value: 10 }).met).toBeNull()
    expect(figure('speed', 1)).toMatchObject({ ratio: null, met: null })
  })
})
