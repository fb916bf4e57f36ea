import type { ReactNode } from 'react'

/** Drawn by hand on 200 by 100, in the threads of the weaves; they say nothing that the words do not. */
function Picture({ children }: { readonly children: ReactNode }) {
  return (
    <svg className="intro-picture" viewBox="0 0 200 100" aria-hidden="true">
      {children}
    </svg>
  )
}

/** A lamp in a room; outside of its light the night goes on. */
export function LampPicture() {
  return (
    <Picture>
      <path className="intro-glow" d="M72 92 L92 34 H108 L128 92 Z" />
      <path d="M88 16h24l8 20H80l8-20ZM100 36v46M84 92h32M100 82c0 6-4 10-12 10h24c-8 0-12-4-12-10" />
      <path className="intro-far" d="M20 30h.1M34 62h.1M48 22h.1M158 26h.1M172 58h.1M186 34h.1M150 74h.1M30 84h.1" />
    </Picture>
  )
}

/** Two people and a table: each has a way out behind them. */
export function TablePicture() {
  return (
    <Picture>
      <path d="M70 62h60M78 62v28M122 62v28M52 44a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM36 90V66c0-10 6-16 16-16s16 6 16 12M148 44a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM164 90V66c0-10-6-16-16-16s-16 6-16 12" />
      <path className="intro-far" d="M10 90V30h16v60M190 90V30h-16v60" />
      <path className="intro-warm" d="M94 62v-6h12v6" />
    </Picture>
  )
}

/** A small tree beside a large one, with room to grow. */
export function TreesPicture() {
  return (
    <Picture>
      <path d="M66 92V52M66 66l-14-12M66 60l12-10M66 52c-22 0-32-12-28-24 2-12 16-18 28-14 14-6 30 2 30 16s-12 22-30 22ZM138 92V74M138 80l-6-5" />
      <path className="intro-warm" d="M138 74c-11 0-16-6-14-12 2-7 9-9 14-7 7-3 15 2 15 9s-6 10-15 10Z" />
      <path className="intro-far" d="M20 92h160" />
    </Picture>
  )
}

/** A thread that goes straight, and one that ties a knot around it. */
export function KnotPicture() {
  return (
    <Picture>
      <path d="M10 50h56M134 50h56" />
      <path d="M66 50c18 0 18-26 34-26s20 14 20 26-8 26-22 26-22-12-18-26 22-22 54 0" />
      <path className="intro-warm" d="M10 66c40 0 50 10 74 10M120 30c20-8 44-8 70-8" />
    </Picture>
  )
}

/** Out of a door into the light, to somebody who waits. */
export function DoorPicture() {
  return (
    <Picture>
      <path className="intro-glow" d="M58 22h40v70H58Z" />
      <path d="M58 92V22h40v70M58 22l-22 10v60l22-0M44 60h.1M30 92h140" />
      <path
        className="intro-warm"
        d="M142 46a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM126 92V68c0-10 6-16 16-16s16 6 16 16v24M126 72l-18-8"
      />
    </Picture>
  )
}
