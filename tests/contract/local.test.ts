import { contractSuite } from './suite.ts'
import { localTransport } from './transports.ts'

contractSuite('a WebSocket', localTransport)
