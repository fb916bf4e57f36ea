import { limits } from '../api/views.ts'

/**
 * Whether a text can be a community's name: one line that cannot lie about its
 * neighbours on screen (no control, direction or private characters), without
 * spaces around it.
 */
export function isCommunityName(text: string): boolean {
  return (
    text.length > 0 &&
    text.length <= limits.communityName &&
    text === text.trim() &&
    text.isWellFormed() &&
    /^[^\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]*$/u.test(text)
  )
}
