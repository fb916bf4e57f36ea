import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '../../core/api/contract.ts'
import { windowDoor } from '../../core/api/doors.ts'
import { Connection } from './connection.ts'
import { ElectronDoor } from './electron-door.ts'
import { LocalDoor } from './local-door.ts'

/** Everything that can be asked of core; typed from the contract. */
export type Client = ContractRouterClient<Contract>

export interface Api {
  readonly client: Client
  readonly connection: Connection
}

/** Reaches core through the door that this page came by. */
export function connect(): Api {
  const connection = new Connection(window.location.origin === windowDoor.origin ? new ElectronDoor() : new LocalDoor())
  return { connection, client: createORPCClient<Client>(connection) }
}
