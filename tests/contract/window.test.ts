import { contractSuite } from './suite.ts'
import { windowTransport } from './transports.ts'

contractSuite('a MessagePort', windowTransport)
