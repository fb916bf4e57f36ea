const dayLength = 86_400_000

/** The day that decides who stands first among equals. */
export function dayOf(now: number): number {
  return Math.floor(now / dayLength)
}

/**
 * A number that orders equals: the same all day, another one every day, so that
 * nobody stays last. Ids are drawn at random on this device, so that no author
 * can choose one that comes first.
 *
 * The mixing is the finaliser of MurmurHash3; it need not be more, for nobody else knows the ids.
 */
export function turnOf(id: string, day: number): number {
  let mixed = (Number.parseInt(id.slice(0, 8), 16) ^ Math.imul(day, 0x9e37_79b1)) >>> 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85eb_ca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** @returns below 0 where `a` comes first today */
export function byTurn(a: string, b: string, day: number): number {
  return turnOf(a, day) - turnOf(b, day) || (a < b ? -1 : 1)
}
