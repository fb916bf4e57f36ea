import { Fault } from '../base/fault.ts'

/** Why a node does not do what it was asked, as one closed list. PROTOCOL.md section "Refusals". */
export const refusals = {
  'bad-length': 1,
  'unknown-version': 2,
  expired: 3,
  'too-far-ahead': 4,
  /** Detail: how many bits the node asks for now. */
  'work-too-low': 5,
  'not-responsible': 6,
  quota: 7,
  'bad-signature': 8,
  /** The node has a higher sequence, or this one with other bytes, or its tombstone. */
  stale: 9,
  /** Asked too much in too short a time. Detail: seconds to wait. */
  busy: 10,
  /** A frame that cannot be understood; the node ends the stream. */
  malformed: 11,
} as const

export type RefusalReason = keyof typeof refusals

export interface Refusal {
  readonly type: 'refused'
  readonly reason: RefusalReason
  /** 0 where the reason has none. */
  readonly detail: number
}

const byCode = new Map<number, RefusalReason>(
  Object.entries(refusals).map(([reason, code]) => [code, reason as RefusalReason]),
)

export function refusalOf(code: number): RefusalReason | undefined {
  return byCode.get(code)
}

export function refused(reason: RefusalReason, detail = 0): Refusal {
  return { type: 'refused', reason, detail }
}

/** So many nodes have no room at the box's place that no majority is left: another place may have. */
export class PlaceFull extends Fault<'box-refused'> {
  constructor() {
    super('box-refused', 'The place of the box is full')
  }
}
