import { readFile, writeFile } from 'node:fs/promises'
import { z } from 'zod'

/*
 * package-lock.json pins every package by hash, says nothing of where it comes
 * from, fits package.json, and installs the same with any npm.
 *
 * The last needs help: an optional package whose "engines" the Node of npm itself
 * does not fit is left out without a word, although our Node 24 could run it.
 * With --fix, native builds of development tools lose that entry.
 */
const manifest = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
})
const entry = z.object({
  integrity: z.string().startsWith('sha512-').optional(),
  resolved: z.string().optional(),
  link: z.boolean().optional(),
  optional: z.boolean().optional(),
  engines: z.unknown().optional(),
  os: z.unknown().optional(),
  inBundle: z.boolean().optional(),
})
const lock = z.object({
  lockfileVersion: z.literal(3),
  packages: z.record(z.string(), entry).and(z.object({ '': manifest })),
})

const read = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'))
if (process.argv.includes('--fix')) await fix()
const own = manifest.parse(await read('package.json'))
const { packages } = lock.parse(await read('package-lock.json'))

const wrong: string[] = []
for (const kind of ['dependencies', 'devDependencies'] as const) {
  const names = new Set([...Object.keys(own[kind]), ...Object.keys(packages[''][kind])])
  for (const name of names) {
    if (own[kind][name] !== packages[''][kind][name]) wrong.push(`${name}: package.json and the lockfile differ`)
    if (!/^\d/.test(own[kind][name] ?? '')) wrong.push(`${name}: not pinned to one version`)
  }
}
for (const [path, { integrity, resolved, link, inBundle, ...rest }] of Object.entries(packages)) {
  if (path === '') continue
  if (link === true) wrong.push(`${path}: a link`)
  if (resolved !== undefined) wrong.push(`${path}: names where it comes from`)
  if (needsNewerNode(rest)) wrong.push(`${path}: left out by an older npm; run node scripts/lockfile.ts --fix`)
  if (integrity === undefined && inBundle !== true) wrong.push(`${path}: no sha512`)
}
for (const line of wrong) console.error(line)
console.log(`lockfile: ${Object.keys(packages).length - 1} packages, ${wrong.length} wrong`)
process.exitCode = wrong.length > 0 ? 1 : 0

/** A native build that the Node 20 of many systems' npm would leave out. */
function needsNewerNode({ optional, os, engines }: { optional?: unknown; os?: unknown; engines?: unknown }): boolean {
  const asked = z.object({ node: z.string() }).safeParse(engines)
  return optional === true && os !== undefined && asked.success && /^>=\s*2[1-9]/.test(asked.data.node)
}

async function fix(): Promise<void> {
  const all = z
    .looseObject({ packages: z.record(z.string(), z.looseObject({})) })
    .parse(await read('package-lock.json'))
  for (const each of Object.values(all.packages)) if (needsNewerNode(each)) delete each['engines']
  await writeFile('package-lock.json', `${JSON.stringify(all, null, 2)}\n`)
}
