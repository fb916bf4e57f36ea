import { appSuite } from './app-suite.ts'
import { contractSuite } from './suite.ts'
import { localTransport } from './transports.ts'

contractSuite('a WebSocket', localTransport)
appSuite('a WebSocket', localTransport)
