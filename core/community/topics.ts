/** The board of everything. Not a topic of core/topics: nobody chooses it, every offer goes there as well. */
export const allTopic = 'all'
