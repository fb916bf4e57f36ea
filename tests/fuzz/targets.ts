import type { Target } from './target.ts'
import { baseTargets } from './targets/base.ts'
import { boxTargets } from './targets/boxes.ts'
import { channelTargets } from './targets/channel.ts'
import { commonsTargets } from './targets/commons.ts'
import { circleTargets } from './targets/circles.ts'
import { fileTargets } from './targets/files.ts'
import { linkTargets } from './targets/links.ts'
import { mentorshipTargets } from './targets/mentorships.ts'
import { peopleTargets } from './targets/people.ts'
import { resetTargets } from './targets/resets.ts'
import { safetyTargets } from './targets/safety.ts'
import { trustTargets } from './targets/trust.ts'

/** Every decoder of core that takes something from outside. */
export const targets: readonly Target[] = [
  ...baseTargets,
  ...boxTargets,
  ...linkTargets,
  ...peopleTargets,
  ...channelTargets,
  ...resetTargets,
  ...fileTargets,
  ...trustTargets,
  ...commonsTargets,
  ...safetyTargets,
  ...circleTargets,
  ...mentorshipTargets,
]
