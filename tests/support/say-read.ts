import type { Answer, Request } from '../../core/boxes/messages.ts'

/** What somebody who lies about FETCH and GET says to READ: a FETCH, and where that lists little, a GET. */
export async function sayRead(
  request: Extract<Request, { type: 'read' }>,
  say: (request: Request) => Promise<readonly Answer[]>,
): Promise<void> {
  const { places, along } = request
  const told = (await say({ type: 'fetch', places })).flatMap((answer) =>
    answer.type === 'digests' ? answer.places : [],
  )
  const names = told.flatMap(({ index, listed }) =>
    listed.map(({ digest }) => ({ digest, place: places[index]?.place ?? digest })),
  )
  if (names.length > 0 && names.length <= along) await say({ type: 'get', names })
}
