import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CircleView } from '../../core/api/circles.ts'
import {
  freshId,
  type CircleId,
  type CircleMemberId,
  type ConversationId,
  type MessageId,
} from '../../core/base/ids.ts'
import { eventually } from '../support/eventually.ts'
import { communityId } from '../support/pair.ts'
import { scratch, type Scratch } from '../support/scratch.ts'
import { acquaint, Talker } from '../support/talker.ts'
import { startTestnet, type Testnet } from '../support/testnet.ts'

/*
 * A host with five members who know nobody but the host: real vaults, real
 * libp2p nodes, three community nodes. What is written goes through group
 * mailboxes, what host and member tell each other through their conversation.
 */

let files: Scratch
let net: Testnet
let host: Talker
const members: Talker[] = []
const conversations: ConversationId[] = []
const everybody = (): Talker[] => [host, ...members]

const circleOf = (talker: Talker): CircleView => {
  const [circle] = talker.circles.list()
  if (circle === undefined) throw new Error('in no circle')
  return circle
}
const idOf = (talker: Talker): CircleId => circleOf(talker).id as CircleId
const present = (talker: Talker): string[] =>
  circleOf(talker).members.flatMap(({ present, name }) => (present ? [name] : []))
const shown = (talker: Talker): string[] =>
  talker.circles
    .messages({ circleId: idOf(talker), limit: 200 })
    .map(({ text, kind }) => (kind === 'text' ? text : kind))
const say = (talker: Talker, text: string): unknown => talker.circles.send(idOf(talker), freshId<MessageId>(), text)

/** Those who are asked look for mail until something holds. */
async function until(holds: () => boolean, what: string, who: readonly Talker[] = everybody()): Promise<void> {
  await eventually(
    async () => {
      await Promise.all(who.map((talker) => talker.check()))
      return holds()
    },
    { what, everyMs: 100, timeoutMs: 60_000 },
  )
}

beforeAll(async () => {
  files = scratch()
  net = await startTestnet({ nodes: 3 })
  const timing = { settle: 100, firstPresence: 300, acknowledge: 3_000 }
  const make = (name: string): Talker => new Talker({ net, files, name, timing, circles: true })
  host = make('Host')
  for (const name of ['Ada', 'Bea', 'Cleo', 'Dora', 'Eve']) {
    const member = make(name)
    members.push(member)
    conversations.push((await acquaint(member, host)).there)
  }
  await Promise.all(everybody().map((talker) => talker.start()))
})

afterAll(async () => {
  await Promise.all(everybody().map((talker) => talker.stop()))
  await net.stop()
  files.remove()
})

describe('a circle of six', () => {
  it('comes together: each is asked and answers in their own conversation', async () => {
    const { personaId } = host.conversations.view(conversations[0] as ConversationId)
    host.circles.create({ personaId: personaId as never, communityId, name: 'History evening', ownName: 'Host' })
    host.circles.invite(idOf(host), conversations)
    await until(() => members.every(({ circles }) => circles.list()[0]?.state === 'invited'), 'invitations')
    for (const [nth, member] of members.entries()) {
      member.circles.accept(idOf(member), ['Ada', 'Bea', 'Cleo', 'Dora', 'Eve'][nth] ?? '')
    }
    const isWhole = (talker: Talker): boolean => present(talker).length === 6
    await until(() => everybody().every(isWhole), 'everybody to be in it')
    for (const member of members) expect(member.conversations.list()).toHaveLength(1)
  }, 90_000)

  it('reads what each of them writes', async () => {
    for (const [nth, talker] of everybody().entries()) say(talker, `hello from ${nth}`)
    const all = Array.from({ length: 6 }, (_, nth) => `hello from ${nth}`)
    await until(() => everybody().every((talker) => shown(talker).length === 6), 'everybody to have all')
    for (const talker of everybody()) expect(shown(talker).toSorted()).toEqual(all)
  }, 90_000)

  it('brings what was said meanwhile to one who was away, and to one whose app was killed as it wrote', async () => {
    const [ada, bea, cleo] = members as [Talker, Talker, Talker]
    await ada.stop()
    say(cleo, 'while Ada is away')
    say(bea, 'as the power goes')
    await bea.kill()
    await until(() => shown(host).includes('while Ada is away'), 'Cleo to be heard', [host, cleo])
    await Promise.all([ada.start(), bea.start()])
    await until(() => everybody().every((talker) => shown(talker).length === 8), 'everybody to have all of it')
    for (const talker of everybody()) {
      expect(shown(talker).slice(-2).toSorted()).toEqual(['as the power goes', 'while Ada is away'])
    }
  }, 90_000)

  it('goes on without one who was removed, who gets nothing of it', async () => {
    const eve = members[4] as Talker
    const before = shown(eve).length
    const { id } = circleOf(host).members.find(({ name }) => name === 'Eve') ?? {}
    host.circles.remove(idOf(host), id as CircleMemberId)
    say(host, 'without Eve')
    const others = everybody().filter((talker) => talker !== eve)
    await until(
      () => others.every((talker) => shown(talker).includes('without Eve') && present(talker).length === 5),
      'the others to go on',
    )
    await until(() => circleOf(eve).state === 'removed', 'Eve to be told')
    expect(shown(eve)).toHaveLength(before)
  }, 90_000)
})
