/** In ms. */
export interface TransferTiming {
  /** Until somebody who opened a stream says what they want, and is answered. */
  readonly answer: number
  /** Until the next frame, or room for one: somebody who is silent for longer has stalled. */
  readonly stall: number
}

export const defaultTransferTiming: TransferTiming = { answer: 10_000, stall: 60_000 }
