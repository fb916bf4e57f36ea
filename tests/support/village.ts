import type { Bytes } from '../../core/base/bytes.ts'
import type { CommunityId, OfferId, PersonaId } from '../../core/base/ids.ts'
import { eventually } from './eventually.ts'
import { ManualClock } from './manual-clock.ts'
import { Member, words } from './member.ts'
import { PostOffice } from './post-office.ts'
import { scratch, type Scratch } from './scratch.ts'

/** A mentor and a seeker in one community, over one node's rules, with a clock that the test moves. */
export class Village {
  readonly clock = new ManualClock()
  office = new PostOffice(this.clock)
  readonly #files: Scratch = scratch()
  /** What goes along with everybody's offers. */
  vouches: Bytes[] = []
  mentor = this.#member('mentor')
  seeker = this.#member('seeker')
  readonly communityId: { readonly mentor: CommunityId; readonly seeker: CommunityId }
  readonly persona: { readonly mentor: PersonaId; readonly seeker: PersonaId }

  constructor() {
    const founded = this.mentor.found('Maple Heron')
    const joined = this.seeker.join(this.mentor, founded.communityId, 'Quiet River')
    this.communityId = { mentor: founded.communityId, seeker: joined.communityId }
    this.persona = { mentor: founded.personaId, seeker: joined.personaId }
  }

  #member(name: string): Member {
    return new Member({
      files: this.#files,
      name,
      clock: this.clock,
      client: () => this.office,
      vouches: () => this.vouches,
    })
  }

  /** Somebody else, who joins. Whoever asks for one stops it. */
  neighbour(name: string): { readonly member: Member; readonly communityId: CommunityId } {
    const member = this.#member(name)
    return { member, communityId: member.join(this.mentor, this.communityId.mentor, name).communityId }
  }

  async start(): Promise<void> {
    await this.mentor.start()
    await this.seeker.start()
  }

  async end(): Promise<void> {
    await this.seeker.stop()
    await this.mentor.stop()
    this.office.close()
    this.#files.remove()
  }

  /** An offer of the mentor's, on the boards, as the seeker reads it. */
  async publish(draft = words): Promise<OfferId> {
    const { id } = this.mentor.offers.publish({ personaId: this.persona.mentor, draft })
    await eventually(() => this.mentor.offers.mine().find((offer) => offer.id === id)?.state === 'published')
    await this.seeker.offers.refresh({ communityId: this.communityId.seeker })
    return this.seeker.offers.browse({ communityId: this.communityId.seeker })[0]?.id as OfferId
  }

  /** Fetches all that a member watches for, and hands it over, as a poller does. */
  async check(who: Member): Promise<void> {
    for (const { id } of who.communities.list()) {
      for (const watch of [...who.introductions.sources(id)(), ...who.safety.sources(id)()]) {
        for (const box of await this.office.fetch([watch.capability])) await watch.handle(box)
      }
    }
  }

  asked(what: PostOffice['asked'][number]): number {
    return this.office.asked.filter((each) => each === what).length
  }
}
