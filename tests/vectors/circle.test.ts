import { describe, expect, it } from 'vitest'
import { fromHex, hex } from '../../core/base/bytes.ts'
import { decodeCircleMessage, encodeCircleMessage } from '../../core/circles/content.ts'
import { chainName, memberKeys, messageAt, messageAuthor, noticeAuthor, noticesAt } from '../../core/circles/keys.ts'
import { decodeNotice, encodeNotice } from '../../core/circles/notice.ts'
import { decodeCircleRecord, encodeCircleRecord, isProven, joinRecord } from '../../core/circles/record.ts'
import { decodeRoster, encodeRoster, rosterHash } from '../../core/circles/roster.ts'
import vectors from './circle.json' with { type: 'json' }

const circle = fromHex(vectors.circle)
const secret = fromHex(vectors.secret)
const { epoch, day } = vectors
const roster = fromHex(vectors.roster)
const keys = vectors.members.map(({ seed }) => memberKeys(fromHex(seed)))

describe('the keys and places of a circle', () => {
  it.each(vectors.members.map((vector, member) => ({ ...vector, member })))('of member $member', (vector) => {
    const { member, seed, messages, ...expected } = vector
    expect(hex(keys[member]?.sign.publicKey ?? new Uint8Array())).toBe(expected.key)
    expect(hex(keys[member]?.box.publicKey ?? new Uint8Array())).toBe(expected.box)
    expect(hex(chainName({ circle, epoch, member }))).toBe(expected.chain)
    expect(hex(noticeAuthor(fromHex(seed), epoch, day).publicKey)).toBe(expected.noticeAuthor)
    for (const { index, place, bodyKey, author } of messages) {
      const capability = messageAt(secret, member, index)
      expect(hex(capability.place)).toBe(place)
      expect(hex(capability.bodyKey)).toBe(bodyKey)
      expect(hex(messageAuthor(fromHex(seed), epoch, index).publicKey)).toBe(author)
    }
  })

  it('of a day’s notices', () => {
    const { place, bodyKey } = noticesAt(secret, day)
    expect({ place: hex(place), bodyKey: hex(bodyKey) }).toEqual(vectors.notices)
  })
})

describe('what is told in a circle', () => {
  it('is a roster signed by the host', () => {
    const [host] = keys
    if (host === undefined) throw new Error('no host')
    const decoded = decodeRoster(roster, host.sign.publicKey)
    expect(decoded.members.map(({ name }) => name)).toEqual(vectors.members.map(({ name }) => name))
    expect(hex(encodeRoster(decoded, host.sign))).toBe(vectors.roster)
    expect(hex(rosterHash(roster))).toBe(vectors.rosterHash)
  })

  it.each(vectors.told)('is a notice: %.24s', (told) => {
    const [host, second] = keys
    if (host === undefined || second === undefined) throw new Error('nobody')
    const { members } = decodeRoster(roster, host.sign.publicKey)
    const place = { circle, epoch, day }
    const notice = decodeNotice(fromHex(told), place, members)
    expect(hex(encodeNotice(notice, place, second.sign))).toBe(told)
  })

  it.each(vectors.said)('is a message: %.40s', (said) => {
    expect(hex(encodeCircleMessage(decodeCircleMessage(fromHex(said))))).toBe(said)
  })

  it.each(vectors.records)('is a record: %.40s', (record) => {
    expect(hex(encodeCircleRecord(decodeCircleRecord(fromHex(record))))).toBe(record)
  })

  it('is an answer that proves its key', () => {
    const [, second] = keys
    const join = vectors.records
      .map((record) => decodeCircleRecord(fromHex(record)))
      .find(({ kind }) => kind === 'join')
    if (join?.kind !== 'join' || second === undefined) throw new Error('no answer')
    expect(isProven(join)).toBe(true)
    expect(isProven({ ...join, name: 'Somebody Else' })).toBe(false)
    expect(joinRecord(circle, second, join.name)).toEqual(join)
  })

  it.each(vectors.refusedRosters)('is no roster $why', ({ encoded, code }) => {
    const host = keys[0]?.sign.publicKey ?? new Uint8Array()
    expect(() => decodeRoster(fromHex(encoded), host)).toThrow(expect.objectContaining({ code }))
  })

  it.each(vectors.refusedNotices)('is no notice $why', ({ encoded, code }) => {
    const { members } = decodeRoster(roster, keys[0]?.sign.publicKey ?? new Uint8Array())
    const place = { circle, epoch, day }
    expect(() => decodeNotice(fromHex(encoded), place, members)).toThrow(expect.objectContaining({ code }))
  })

  it.each(vectors.refusedMessages)('is no message $why', ({ encoded, code }) => {
    expect(() => decodeCircleMessage(fromHex(encoded))).toThrow(expect.objectContaining({ code }))
  })

  it.each(vectors.refusedRecords)('is no record $why', ({ encoded, code }) => {
    expect(() => decodeCircleRecord(fromHex(encoded))).toThrow(expect.objectContaining({ code }))
  })
})
