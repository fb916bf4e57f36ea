import { limits } from '../api/views.ts'
import { base32, fromBase32 } from '../base/base32.ts'
import { Fault, isFault } from '../base/fault.ts'
import { decodeBody, encodeBody, type Link } from './link-body.ts'

export {
  maxLinkNodes,
  networkKeyLength,
  noCharter,
  type CharterMark,
  type InviteLink,
  type Link,
  type NodeLink,
} from './link-body.ts'

/** The words that stay readable; what comes behind them is base 32. */
const label = /staffetta[:/]+(invite|node)[:/]+/u
const letters = /^([\p{L}\p{N}]+)[:/]*$/u
/**
 * What chat apps, mail programs and people put between, around and at the
 * beginning of each line: everything but letters, digits, half characters, `:` and `/`.
 */
const noise = /[^\p{L}\p{N}\p{Cs}:/]+/gu

/**
 * The text of a link, in lower case: `staffetta:invite:…` or `staffetta:node:…`.
 * PROTOCOL.md section "Links".
 *
 * @throws Fault `bad-input` where the link could not be read again
 */
export function encodeLink(link: Link): string {
  return `staffetta:${link.kind}:${base32(encodeBody(link))}`
}

/**
 * Reads a link off what a person pasted: line breaks, spaces, invisible
 * characters, capitals, quotes and words before it do no harm.
 *
 * @param nowMs milliseconds since 1970
 * @throws Fault `invite-mangled`, `invite-unknown-version`, `invite-expired`
 */
export function decodeLink(text: string, nowMs: number): Link {
  // twice the limit: what was put in between has to fit too
  if (text.length > 2 * limits.link) throw mangled()
  const plain = text.replace(noise, '').toLowerCase()
  // exactly one label: with two, whoever sent them would choose which one counts
  const [, kind, rest, ...more] = plain.split(label)
  const [, code] = letters.exec(rest ?? '') ?? []
  if (code === undefined || code.length > limits.link || more.length > 0) throw mangled()
  const link = read(code)
  if (link.kind !== kind) throw mangled()
  if (link.kind === 'invite' && link.expiresAt <= nowMs) throw new Fault('invite-expired', 'The invite has expired')
  return link
}

function read(code: string): Link {
  try {
    return decodeBody(fromBase32(code))
  } catch (error) {
    if (isFault(error, 'unknown-version')) {
      throw new Fault('invite-unknown-version', 'The link was made by a newer version')
    }
    if (isFault(error)) throw mangled()
    throw error
  }
}

function mangled(): Fault {
  return new Fault('invite-mangled', 'This is not a whole link')
}
