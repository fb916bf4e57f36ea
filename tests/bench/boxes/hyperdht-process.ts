import { json } from 'node:stream/consumers'
import createTestnet from 'hyperdht/testnet.js'
import { z } from 'zod'

/** Nodes of hyperdht in a process of their own, as `hyperNodes` in nets.ts starts it. */
const { count, bootstrap } = z
  .strictObject({ count: z.int(), bootstrap: z.array(z.strictObject({ host: z.string(), port: z.int() })) })
  .parse(await json(process.stdin))

const testnet = await createTestnet(count, { bootstrap })
process.once('SIGTERM', () => void testnet.destroy().then(() => process.exit(0)))
console.log(`listening ${JSON.stringify(testnet.bootstrap)}`)
