import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hex } from '../../core/base/bytes.ts'
import type { CommunityId } from '../../core/base/ids.ts'
import { decodeMemberCode, encodeMemberCode } from '../../core/charter/code.ts'
import { decodeCharter, emptyCharter, encodeCharter, type Guardian } from '../../core/charter/content.ts'
import { decodeLink, encodeLink } from '../../core/community/link.ts'
import { bytesFor, charterSample, memberCodeSamples, networkKey } from '../support/charter-samples.ts'
import { faultOf } from '../support/faults.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { Member } from '../support/member.ts'
import { scratch, type Scratch } from '../support/scratch.ts'

const day = 86_400_000

let files: Scratch
let clock: ManualClock

function side(name: string): Member {
  return new Member({ files, name, clock })
}

beforeEach(() => {
  files = scratch()
  clock = new ManualClock()
})
afterEach(() => files.remove())

function guardianOf({ communities, charters }: Member, id: CommunityId, name: string): Guardian {
  const code = decodeMemberCode(charters.guardianCode(id), communities.get(id).networkKey)
  if (code.kind !== 'guardian') throw new Error('Another code')
  return { name, signKey: code.signKey, boxKey: code.boxKey }
}

describe('a charter', () => {
  it('gives back what was put in, and refuses what names somebody twice or too many', async () => {
    expect(decodeCharter(encodeCharter(charterSample))).toEqual(charterSample)
    expect(decodeCharter(encodeCharter(emptyCharter))).toEqual(emptyCharter)
    const [guardian] = charterSample.guardians
    const [editor] = charterSample.editors
    const [topic] = charterSample.topics
    if (guardian === undefined || editor === undefined || topic === undefined) throw new Error('No sample')
    const fresh = (label: string) => ({ name: 'x', signKey: bytesFor(`${label} s`), boxKey: bytesFor(`${label} b`) })
    for (const wrong of [
      { ...emptyCharter, guardians: [guardian, guardian] },
      { ...emptyCharter, guardians: [guardian], editors: [{ name: 'x', personaKey: guardian.signKey }] },
      { ...emptyCharter, guardians: Array.from({ length: 9 }, (_, i) => fresh(String(i))) },
      {
        ...emptyCharter,
        editors: Array.from({ length: 17 }, (_, i) => ({ name: 'x', personaKey: bytesFor(`e${i}`) })),
      },
      { ...emptyCharter, guardians: [{ ...guardian, name: '' }] },
      { ...emptyCharter, guardians: [{ ...guardian, name: 'x'.repeat(41) }] },
      { ...emptyCharter, editors: [{ ...editor, personaKey: editor.personaKey.slice(1) }] },
      { ...emptyCharter, topics: [topic, topic] },
      { ...emptyCharter, topics: [{ ...topic, words: {} }] },
      { ...emptyCharter, topics: [{ ...topic, id: 'singing' }] },
      { ...emptyCharter, topics: [{ ...topic, near: Array.from({ length: 9 }, () => 'singing') }] },
      { ...emptyCharter, topics: Array.from({ length: 61 }, (_, i) => ({ ...topic, id: `own-abcdefg${i}` })) },
    ]) {
      expect(await faultOf(() => encodeCharter(wrong))).toBe('bad-input')
    }
    expect(await faultOf(() => decodeCharter(encodeCharter(charterSample).slice(1)))).toBe('malformed')
  })

  it('is signed by the founder alone, and each edition takes the place of the one before', async () => {
    const home = side('home')
    const { id } = home.communities.create({ name: 'Weavers' })
    expect(home.communities.get(id)).toMatchObject({ founded: true })
    expect(home.charters.get(id)).toEqual(emptyCharter)
    expect(home.charters.edition(id)).toMatchObject({ version: 0 })
    home.charters.edit(id, () => charterSample)
    expect(home.charters.get(id)).toEqual(charterSample)
    home.charters.edit(id, (before) => ({ ...before, editors: [] }))
    expect(home.charters.get(id)).toEqual({ ...charterSample, editors: [] })
    expect(home.charters.edition(id)).toMatchObject({ version: 2, at: clock.now() })
    const change = { type: 'charter', communityId: id }
    expect(home.events.filter(({ type }) => type === 'charter')).toEqual([change, change])
    // what cannot be said changes nothing
    const twice = charterSample.guardians.flatMap((guardian) => [guardian, guardian])
    expect(await faultOf(() => home.charters.edit(id, () => ({ ...emptyCharter, guardians: twice })))).toBe('bad-input')
    expect(home.charters.edition(id)).toMatchObject({ version: 2 })

    const joiner = side('joiner')
    const charter = home.charters.edition(id)
    const link = home.communities.invitation(id, { nodes: [], expiresAt: clock.now() + day, charter })
    const joined = joiner.communities.join(decodeJoined(encodeLink(link)))
    expect(joined).toMatchObject({ founded: false, founder: home.communities.get(id).founder })
    expect(await faultOf(() => joiner.charters.edit(joined.id, () => charterSample))).toBe('wrong-state')
    // an invite that the joiner makes names what theirs named, before they have read any charter
    expect(joiner.communities.invitation(joined.id, { nodes: [], expiresAt: clock.now() + day })).toMatchObject({
      founder: link.founder,
      charter: { version: 2, digest: charter.digest },
    })
  })

  it('makes guardians of those whose keys the founder was handed', () => {
    const home = side('home')
    const { id } = home.communities.create({ name: 'Weavers' })
    expect(home.charters.guardians(id)).toEqual([])
    expect(home.charters.ownGuardianKeys(id)).toBeUndefined()
    const code = home.charters.guardianCode(id)
    expect(home.charters.guardianCode(id)).toBe(code)
    expect(home.charters.ownGuardianKeys(id)).toBeUndefined()
    const own = guardianOf(home, id, 'Maple')
    home.charters.edit(id, (before) => ({ ...before, guardians: [own] }))
    expect(home.charters.guardians(id)).toEqual([own])
    const keys = home.charters.ownGuardianKeys(id)
    expect(hex(keys?.sign.publicKey ?? new Uint8Array(0))).toBe(hex(own.signKey))
    expect(hex(keys?.box.publicKey ?? new Uint8Array(0))).toBe(hex(own.boxKey))
    home.charters.edit(id, (before) => ({ ...before, guardians: [] }))
    expect(home.charters.ownGuardianKeys(id)).toBeUndefined()
  })
})

function decodeJoined(text: string) {
  const link = decodeLink(text, clock.now())
  if (link.kind !== 'invite') throw new Error('Another link')
  return link
}

describe('the code that somebody hands to the founder', () => {
  it('survives how people send it, and is of one community', async () => {
    for (const text of memberCodeSamples) {
      const code = decodeMemberCode(text, networkKey)
      expect(encodeMemberCode(code, networkKey)).toBe(text)
      expect(decodeMemberCode(`  ${text.toUpperCase().replace(/.{20}/g, '$&\n> ')} `, networkKey)).toEqual(code)
      expect(await faultOf(() => decodeMemberCode(text, bytesFor('another network')))).toBe('invite-mangled')
      expect(await faultOf(() => decodeMemberCode(text.slice(0, -1), networkKey))).toBe('invite-mangled')
      expect(await faultOf(() => decodeMemberCode(`${text}a`, networkKey))).toBe('invite-mangled')
    }
    const [guardian = ''] = memberCodeSamples
    expect(await faultOf(() => decodeMemberCode(guardian.replace('guardian', 'editor'), networkKey))).toBe(
      'invite-mangled',
    )
    expect(await faultOf(() => decodeMemberCode('', networkKey))).toBe('invite-mangled')
    expect(await faultOf(() => decodeMemberCode('x'.repeat(10_000), networkKey))).toBe('invite-mangled')
  })
})
