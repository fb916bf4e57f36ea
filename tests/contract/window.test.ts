import { appSuite } from './app-suite.ts'
import { contractSuite } from './suite.ts'
import { windowTransport } from './transports.ts'

contractSuite('a MessagePort', windowTransport)
appSuite('a MessagePort', windowTransport)
