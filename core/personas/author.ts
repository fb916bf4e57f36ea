import type { AuthorView } from '../api/views.ts'
import { harmlessPseudonym } from '../base/harmless.ts'
import { hasLookAlikeLetters } from './look-alike.ts'
import { weaveOf } from './weave.ts'

/** How somebody is shown, wherever their name stands: with nothing in it that deceives, and a hint where letters could. */
export function authorOf(pseudonym: string, publicKey: Uint8Array): AuthorView {
  return {
    pseudonym: harmlessPseudonym(pseudonym),
    weave: weaveOf(publicKey),
    ...(hasLookAlikeLetters(pseudonym) ? { lookalike: true } : {}),
  }
}
