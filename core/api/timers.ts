const hour = 3600

/** After how many seconds messages can be made to disappear; 0: they stay. */
export const timers: readonly number[] = [0, hour, 24 * hour, 7 * 24 * hour, 28 * 24 * hour]
