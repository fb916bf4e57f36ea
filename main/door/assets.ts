import { readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'

export interface Asset {
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Every path that a door serves, '/' among them, with what it answers. */
export type Assets = ReadonlyMap<string, Asset>

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/** Bytes of the whole built interface; it is about 2 MiB. */
const maxTotal = 64 * 1024 * 1024
const maxFiles = 1000

/**
 * Reads the built interface into memory, once, at start.
 *
 * What a page asks for is looked up in this table and never becomes a path on
 * the disk. Files of an unknown type, hidden files and symbolic links are left
 * out.
 *
 * @throws Error where there is no index.html, or far too much
 */
export function readAssets(directory: string): Assets {
  const assets = new Map<string, Asset>()
  let total = 0
  for (const entry of readdirSync(directory, { withFileTypes: true, recursive: true })) {
    const file = join(entry.parentPath, entry.name)
    const path = `/${file
      .slice(directory.length)
      .split(/[/\\]+/)
      .filter(Boolean)
      .join('/')}`
    const type = types[extname(entry.name)]
    if (!entry.isFile() || type === undefined || /\/\./.test(path)) continue
    total += statSync(file).size
    if (total > maxTotal || assets.size >= maxFiles) throw new Error('The built interface is too large')
    assets.set(path, { type, bytes: new Uint8Array(readFileSync(file)) })
  }
  const index = assets.get('/index.html')
  if (index === undefined) throw new Error('The built interface has no index.html')
  return assets.set('/', index)
}
