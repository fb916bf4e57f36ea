/** Every protocol of ours starts with it; another major version is another network. PROTOCOL.md section "Networks". */
export const protocolPrefix = '/staffetta/1'

/** Fetching files from a contact, over the connection of a live channel. PROTOCOL.md section "Fetching a file". */
export const fileProtocol = `${protocolPrefix}/file`

/** Storing and fetching boxes, served by community nodes. PROTOCOL.md section "The box protocol". */
export const boxProtocol = `${protocolPrefix}/box`

/** kad-dht's, for finding nodes near a place; served by community nodes. */
export const lookupProtocol = `${protocolPrefix}/kad`

/** Told to every peer by identify: the same for everyone, so it says nothing of the machine. */
export const agentVersion = 'staffetta/1'
