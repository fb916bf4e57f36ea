import { createContext, useContext } from 'react'
import type { CommunityView, PersonaView } from '../../core/api/views.ts'

export interface Belonging {
  /** The community that is looked at. */
  readonly community: CommunityView
  readonly communities: readonly CommunityView[]
  /** This person's first persona there, and all of them. */
  readonly persona: PersonaView
  readonly personas: readonly PersonaView[]
  readonly select: (communityId: string) => void
}

export const CommunityContext = createContext<Belonging | undefined>(undefined)

export function useBelonging(): Belonging {
  const belonging = useContext(CommunityContext)
  if (belonging === undefined) throw new Error('Outside of CommunityContext')
  return belonging
}
