import { readFile } from 'node:fs/promises'
import { z } from 'zod'

/** package-lock.json pins every package by hash, comes from a registry only, and fits package.json. */
const manifest = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
})
const entry = z.object({
  integrity: z.string().startsWith('sha512-').optional(),
  resolved: z.string().optional(),
  link: z.boolean().optional(),
  inBundle: z.boolean().optional(),
})
const lock = z.object({
  lockfileVersion: z.literal(3),
  packages: z.record(z.string(), entry).and(z.object({ '': manifest })),
})

const read = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'))
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
for (const [path, { integrity, resolved, link, inBundle }] of Object.entries(packages)) {
  if (path === '') continue
  if (link === true) wrong.push(`${path}: a link`)
  if (resolved !== undefined) wrong.push(`${path}: names where it comes from`)
  if (integrity === undefined && inBundle !== true) wrong.push(`${path}: no sha512`)
}
for (const line of wrong) console.error(line)
console.log(`lockfile: ${Object.keys(packages).length - 1} packages, ${wrong.length} wrong`)
process.exitCode = wrong.length > 0 ? 1 : 0
