import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock as clock } from '../../../core/base/clock.ts'
import type { CommunityId } from '../../../core/base/ids.ts'
import { Communities } from '../../../core/community/communities.ts'
import { costFloor } from '../../../core/crypto/passphrase.ts'
import { migrations } from '../../../core/session/migrations.ts'
import { Vault } from '../../../core/vault/vault.ts'
import { soundness, Town } from '../conversations/town.ts'
import { MortalApp } from '../mortal.ts'

const passphrase = 'an oak by the river'

/** Somebody in the community, by their own name for it. */
export interface Parishioner {
  readonly app: MortalApp
  readonly communityId: CommunityId
}

/** A town whose mentor founded it and edits its library, and a third member, who is its guardian. */
export class Parish {
  readonly town: Town
  readonly guardian: Parishioner
  readonly #vault: Vault

  private constructor(town: Town, guardian: Parishioner, vault: Vault) {
    this.town = town
    this.guardian = guardian
    this.#vault = vault
  }

  static async build(directory: string): Promise<Parish> {
    const town = await Town.build({ directory })
    try {
      const home = join(directory, 'guardian')
      mkdirSync(home, { recursive: true, mode: 0o700 })
      const vault = new Vault({ directory: home, migrations, cost: costFloor })
      const { communityId } = town.mentor
      const invitation = await town.mentor.withVault((database) =>
        new Communities(database, clock).invitation(communityId, {
          nodes: town.crowd.addresses,
          expiresAt: clock.now() + 86_400_000,
        }),
      )
      const { id } = new Communities(await vault.create(passphrase), clock).join(invitation)
      vault.lock()
      const app = new MortalApp(home, passphrase, { NODE_COMPILE_CACHE: join(directory, 'compiled') })
      return new Parish(town, { app, communityId: id }, vault)
    } catch (error) {
      await town.stop()
      throw error
    }
  }

  get editor(): Parishioner {
    return this.town.mentor
  }

  get all(): readonly Parishioner[] {
    return [this.town.mentor, this.town.seeker, this.guardian]
  }

  /** For a reaper. */
  get mortals() {
    const { residents, nodes } = this.town.mortals
    return { residents: [...residents, this.guardian.app], nodes }
  }

  /** Returns once everybody runs, and the founder has said who edits and who is the guardian. */
  async start(): Promise<void> {
    await Promise.all([this.town.start(), this.guardian.app.start()])
    const { communityId } = this.editor
    const guardianCode = await this.guardian.app.ask(({ charter }) =>
      charter.guardianCode({ communityId: this.guardian.communityId }),
    )
    await this.editor.app.ask(async ({ charter, personas }) => {
      const { guardians, editors } = await charter.view({ communityId })
      if (guardians.length === 0) await charter.addGuardian({ communityId, name: 'The oak', ...guardianCode })
      const [persona] = await personas.list()
      const editorCode = await charter.editorCode({ personaId: persona?.id ?? '' })
      if (editors.length === 0) await charter.addEditor({ communityId, name: 'The heron', ...editorCode })
    })
  }

  get crashes(): number {
    return this.town.crowd.crashes + this.all.reduce((sum, { app }) => sum + app.crashes, 0)
  }

  /** Stops everything. @returns what is wrong with the databases */
  async close(): Promise<string[]> {
    await this.stop()
    const broken = await this.town.damages()
    try {
      const wrong = soundness(await this.#vault.unlock(passphrase))
      return [...broken, ...wrong.map((what) => `the guardian's vault: ${what}`)]
    } finally {
      this.#vault.lock()
    }
  }

  async stop(): Promise<void> {
    await this.guardian.app.stop().catch(() => {})
    await this.town.stop()
  }
}

/** Looks at the nodes now, for letters and for documents; that they cannot be reached is no reason to ask again. */
export async function look({ app, communityId }: Parishioner): Promise<void> {
  await app.ask(async ({ communities, library }) => {
    await communities.check({ communityId }).catch(() => {})
    await library.refresh({ communityId }).catch(() => {})
  })
}
