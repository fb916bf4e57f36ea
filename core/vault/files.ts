import { closeSync, constants, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'

/** Only the person's own account may read or write. */
const ownFile = 0o600
export const ownDirectory = 0o700

/** Makes a file that is not there yet, for its owner alone, and waits until it is on the disk. */
export function writeNew(path: string, content: Uint8Array): void {
  const file = openSync(path, 'wx', ownFile)
  try {
    for (let at = 0; at < content.length;) at += writeSync(file, content, at)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Puts a file there whole or not at all, over an older one if there is one. A crash leaves `path` plus `.new` at most. */
export function writeWhole(path: string, content: Uint8Array): void {
  const beside = `${path}.new`
  rmSync(beside, { force: true })
  try {
    writeNew(beside, content)
    renameSync(beside, path)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
  sync(dirname(path))
}

/** Waits until a file, or the names in a directory, are on the disk. */
export function sync(path: string): void {
  // Windows opens no directories, and writes their entries through by itself
  const flags = process.platform === 'win32' ? constants.O_RDWR : constants.O_RDONLY
  let file: number
  try {
    file = openSync(path, flags)
  } catch (error) {
    if (process.platform === 'win32' && codeOf(error) !== 'ENOENT') return
    throw error
  }
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** The whole of a small file. @returns undefined where it is longer than `maxBytes` */
export function readSmall(path: string, maxBytes: number): Bytes | undefined {
  const file = openSync(path, constants.O_RDONLY)
  try {
    // a device or a pipe says 0 and never ends: one buffer bounds them as well
    if (!fstatSync(file).isFile()) return undefined
    const buffer = new Uint8Array(maxBytes + 1)
    let length = 0
    for (let got = 1; got > 0 && length < buffer.length; length += got) {
      got = readSync(file, buffer, length, buffer.length - length, null)
    }
    return length > maxBytes ? undefined : buffer.slice(0, length)
  } finally {
    closeSync(file)
  }
}

/** Why the system refused, such as ENOENT. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/**
 * The same failure in our words: the system's own hold the path, which may name
 * the person.
 */
export function diskFault(error: unknown): Error {
  if (error instanceof Fault) return error
  const full = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EROFS', 'EACCES', 'EPERM', 'EMFILE', 'ENFILE']
  return full.includes(codeOf(error))
    ? new Fault('disk-full', 'The disk is full or cannot be written', { retryable: true })
    : new Fault('internal', 'A file could not be read or written')
}
