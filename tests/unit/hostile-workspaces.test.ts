import { describe, expect, it } from 'vitest'
import { isFault } from '../../core/base/fault.ts'
import type { Role } from '../../core/conversations/chain.ts'
import { mostUsed, takeEdit, type Kept } from '../../core/mentorships/taking-edits.ts'
import { clientOf, Workspace } from '../../core/mentorships/workspace.ts'

/** Updates of Yjs by hand, which its own functions would not make. Numbers below 2^28. */
class Pen {
  readonly #bytes: number[] = []

  number(value: number): this {
    let rest = value
    for (; rest > 127; rest >>>= 7) this.#bytes.push(128 | (rest & 127))
    this.#bytes.push(rest)
    return this
  }

  byte(value: number): this {
    this.#bytes.push(value)
    return this
  }

  word(text: string): this {
    this.number(text.length)
    for (const letter of text) this.#bytes.push(letter.codePointAt(0) ?? 0)
    return this
  }

  done(): Uint8Array {
    return Uint8Array.from(this.#bytes)
  }
}

/** By writer and clock. */
type Unit = readonly [Role, number]
type Neighbours = { readonly left?: Unit; readonly right?: Unit }

/** Parts of one letter each, deleted as they come, which stand between the neighbours that they name, at the ends of `notes` else. */
function parts(side: Role, clock: number, places: readonly Neighbours[], length = 1): Uint8Array {
  const pen = new Pen().number(1).number(places.length).number(clientOf[side]).number(clock)
  for (const { left, right } of places) {
    pen.byte(1 | (left === undefined ? 0 : 0x80) | (right === undefined ? 0 : 0x40))
    for (const neighbour of [left, right]) if (neighbour) pen.number(clientOf[neighbour[0]]).number(neighbour[1])
    if (left === undefined && right === undefined) pen.number(1).word('notes')
    pen.number(length)
  }
  return pen.number(0).done()
}

const empty: Kept = { state: undefined, used: { seeker: 0, mentor: 0 } }
const lines = Array.from({ length: 256 }, (_, nth) => nth)

function isRefused(kept: Kept, side: Role, update: Uint8Array): boolean {
  try {
    takeEdit(kept, side, update)
    return false
  } catch (error) {
    if (isFault(error, 'malformed')) return true
    throw error
  }
}

describe('parts of an update', () => {
  // Yjs looks through all that lies between the neighbours: 24 such updates of 1,300 bytes took it 18 s each
  it('that stand beside others than they name are refused: reading them would take longer with each', () => {
    const run = takeEdit(empty, 'mentor', parts('mentor', 0, [{}], 1000))
    const wide = lines.map((nth): Neighbours => ({ right: ['mentor', nth + 1] }))
    expect(isRefused(run, 'mentor', parts('mentor', 1000, wide))).toBe(true)
    expect(isRefused(run, 'mentor', parts('mentor', 1000, [{ right: ['mentor', 0] }]))).toBe(false)
    expect(isRefused(run, 'mentor', parts('mentor', 1000, [{ right: ['mentor', 500] }]))).toBe(true)
    expect(isRefused(run, 'mentor', parts('mentor', 1000, [{ left: ['mentor', 999] }]))).toBe(false)
    expect(isRefused(run, 'mentor', parts('mentor', 1000, [{ left: ['mentor', 500] }]))).toBe(true)
    expect(isRefused(run, 'mentor', parts('mentor', 1000, [{}]))).toBe(true)
    const left: Unit = ['mentor', 500]
    const right: Unit = ['mentor', 501]
    expect(isRefused(run, 'mentor', parts('mentor', 1000, [{ left, right }]))).toBe(false)
    expect(isRefused(run, 'mentor', parts('mentor', 1000, [{ left: right, right: left }]))).toBe(true)
  })

  it('may have what the other wrote meanwhile between them, whatever that is', () => {
    const workspace = new Workspace()
    let kept = empty
    for (const word of ['one', 'two', 'three']) {
      kept = takeEdit(kept, 'seeker', edit(workspace, 'seeker', word, 0))
    }
    const mine = new Workspace()
    kept = takeEdit(kept, 'mentor', edit(mine, 'mentor', 'last', 0))
    kept = takeEdit(kept, 'mentor', edit(mine, 'mentor', 'first ', 0))
    expect(new Workspace(kept.state).text('notes').toJSON()).toContain('three')
  })

  it('count for more than their bytes: nobody sends so many that reading them takes long', () => {
    let kept = empty
    let clock = 0
    let slowest = 0
    for (;;) {
      const right = (nth: number): Neighbours => (clock + nth === 0 ? {} : { right: ['mentor', clock + nth - 1] })
      const update = parts('mentor', clock, lines.map(right))
      if (kept.used.mentor + update.length + 64 * lines.length > mostUsed) break
      const from = performance.now()
      kept = takeEdit(kept, 'mentor', update)
      slowest = Math.max(slowest, performance.now() - from)
      clock += lines.length
    }
    expect(clock).toBeLessThan(8000)
    expect(clock).toBeGreaterThan(6000)
    expect(slowest).toBeLessThan(2000)
    const more = lines.map((nth): Neighbours => ({ right: ['mentor', clock + nth - 1] }))
    expect(() => takeEdit(kept, 'mentor', parts('mentor', clock, more))).toThrow('no room')
  })
})

function edit(workspace: Workspace, side: Role, word: string, at: number): Uint8Array {
  return workspace.edit(side, () => workspace.text('notes').insert(at, word)) ?? new Uint8Array()
}
