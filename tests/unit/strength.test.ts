import { describe, expect, it } from 'vitest'
import { enoughBits, passphraseBits } from '../../core/api/passphrase.ts'
import { requireStrong } from '../../core/vault/strength.ts'
import { faultOf } from '../support/faults.ts'

describe('the strength of a passphrase', () => {
  const weak = [
    '',
    'kitten',
    'password',
    'Password123!',
    'qwertyuiopasdfgh',
    'abcdefghijklmnop',
    '9876543210987654',
    'aaaaaaaaaaaaaaaaaaaa',
    'abcabcabcabcabcabcabc',
    'mentoring',
    'giardino1985',
    'Juventus1897!',
    'forza napoli',
    '1q2w3e4r5t',
    'staffetta2026',
    '          ',
    'iloveyou iloveyou iloveyou',
  ]
  for (const passphrase of weak) {
    it(`is not enough: ${JSON.stringify(passphrase)}`, async () =>
      expect(await faultOf(() => requireStrong(passphrase))).toBe('weak-passphrase'))
  }

  const strong = [
    'correct horse battery staple',
    'tre galli sul tetto',
    'il gatto dorme sul divano',
    'x7#Kq9!z',
    'k3vq-8xwp-t5rm',
    'я люблю гулять по лесу',
    '日本語の長い文章',
    'أحب المشي في الغابة',
  ]
  for (const passphrase of strong)
    it(`is enough: ${passphrase}`, () => expect(() => requireStrong(passphrase)).not.toThrow())

  it('does not fall when more is added, and takes no time for the longest', () => {
    let before = 0
    for (const text of ['heron', 'heron mill', 'heron mill lamp', 'heron mill lamp kettle']) {
      expect(passphraseBits(text)).toBeGreaterThan(before)
      before = passphraseBits(text)
    }
    expect(before).toBeGreaterThan(enoughBits)
    const from = performance.now()
    for (const long of ['a'.repeat(256), 'ab'.repeat(128), '\ufdfa'.repeat(256)]) passphraseBits(long)
    expect(performance.now() - from).toBeLessThan(1000)
  })
})
