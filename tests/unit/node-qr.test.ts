import { describe, expect, it } from 'vitest'
import { decodeLink, encodeLink, maxLinkNodes, type NodeLink } from '../../core/community/link.ts'
import { random } from '../../core/crypto/random.ts'
import { qrCode, qrColumns, qrLines, qrPng } from '../../main/node/qr.ts'
import { readPng, readTerminal } from '../support/qr.ts'

const peer = '12D3KooWKpe2M7TV8hzLXygKcy1DFAyChLHyzft8Nct69e3s7dXn'
const usual: NodeLink = {
  kind: 'node',
  networkKey: random(32),
  nodes: [`/dns4/node.example/tcp/443/wss/p2p/${peer}`, `/ip4/192.0.2.7/tcp/4001/p2p/${peer}`],
}
/** As many nodes as a link may have, each with an address as long as one may be. */
const longest: NodeLink = {
  kind: 'node',
  networkKey: random(32),
  nodes: Array.from({ length: maxLinkNodes }, (_, index) => {
    const name = `${index}${'long-name.'.repeat(20)}example`
    return `/dns4/${name.slice(-200)}/tcp/44${index}/wss/p2p/${peer}`
  }),
}

describe('the QR code of a link', () => {
  it.each([
    ['as a node makes it', usual],
    ['as long as there is one', longest],
  ])('is read off the picture and off the terminal: %s', (_, link) => {
    const code = qrCode(encodeLink(link))
    if (link === longest) expect(encodeLink(link).length).toBeGreaterThan(3_000)
    for (const text of [readPng(qrPng(code)), readTerminal(qrLines(code))]) {
      expect(decodeLink(text, 0)).toEqual(link)
    }
  })

  it('fits an ordinary terminal', () => {
    expect(qrColumns(qrCode(encodeLink(usual)))).toBeLessThanOrEqual(80)
  })
})
