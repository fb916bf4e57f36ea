export const hour = 3_600_000
const day = 24 * hour

/** An introduction's box lives so long: a day less than nodes allow, for clocks that differ. */
export const boxLife = 14 * day
/** Unanswered after so long, it is shown as expired. */
export const answerWithin = 15 * day
/** A late answer is still taken: given on the box's last day, it lives as long again, and a day for clocks. */
export const listenFor = 29 * day
/** Boxes are stored again so often: nodes come and go. */
export const storeAgain = day
/** An acceptance's box with less left is made anew. */
export const leastBoxLife = 7 * day
/** So long nobody comes back with the same identity: longer than any of the keys that they could use lives. */
export const rememberSender = 45 * day
