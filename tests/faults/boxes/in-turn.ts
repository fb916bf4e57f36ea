/** The nth of a few that take turns. @throws RangeError where there is none */
export function inTurn<Item>(items: readonly Item[], nth: number): Item {
  const item = items[nth % items.length]
  if (item === undefined) throw new RangeError('items: expected at least one')
  return item
}
