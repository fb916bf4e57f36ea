import type { EvidenceView } from '../api/safety.ts'
import { equal, fromBase64url, base64url, type Bytes } from '../base/bytes.ts'
import { decodeEvidence } from './evidence.ts'
import { gatherEvidence, type EvidenceWish, type GatheringOptions } from './gathering.ts'
import { evidenceView } from './showing.ts'

export type SafetyOptions = GatheringOptions

/** What helps a person against another one: evidence of what was said. */
export class Safety {
  readonly #options: SafetyOptions

  constructor(options: SafetyOptions) {
    this.#options = options
  }

  /** Nothing leaves the device. @throws as `gatherEvidence` */
  makeEvidence(wish: EvidenceWish): { bundle: string; evidence: EvidenceView } {
    const encoded = gatherEvidence(this.#options, wish)
    return { bundle: base64url(encoded), evidence: this.#view(encoded) }
  }

  /** @throws Fault `too-large`, `malformed`, `unknown-version`, `bad-signature` */
  openEvidence(bundle: string): EvidenceView {
    return this.#view(fromBase64url(bundle))
  }

  #view(encoded: Bytes): EvidenceView {
    const mine = this.#options.personas.list().map(({ key }) => key.publicKey)
    return evidenceView(decodeEvidence(encoded), (key) => mine.some((own) => equal(own, key)))
  }
}
