#!/usr/bin/env node
/*
 * The way in for servers. JavaScript, so that a Node which cannot run TypeScript
 * says so in a sentence, and not with a stack.
 */
if (process.features.typescript) await import('./index.ts')
else {
  console.error(`Staffetta's node needs Node.js 22.18 or newer (22, 24 or later); this is ${process.version}.`)
  process.exitCode = 1
}
