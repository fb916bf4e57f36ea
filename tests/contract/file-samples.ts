import { limits } from '../../core/api/limits.ts'
import { done, id, just, many, message, nothings, notIds, only, spoilt, type Sample } from './sample-parts.ts'

const fileDraft = {
  id,
  name: 'picture.jpg',
  mediaType: 'image/jpeg',
  size: 12_345,
  removed: ['place', 'camera', 'time', 'name'],
  cleaned: true,
}
const file = {
  id,
  conversationId: id,
  messageId: id,
  mine: false,
  name: 'plans.pdf',
  mediaType: 'other',
  size: limits.file.bytes,
  state: 'moving',
  problem: null,
  fraction: 0.25,
  readable: false,
}

/** Those of files. */
export const fileSamples: Readonly<Record<string, Sample>> = {
  'files.begin': {
    input: { name: 'plans.pdf', mediaType: 'application/pdf', size: limits.file.bytes },
    refused: [
      ...nothings,
      ...spoilt({ name: 'x', mediaType: '', size: 1 }, 'size', [0, -1, 0.5, limits.file.bytes + 1, '1', null, NaN]),
      ...spoilt({ name: 'x', mediaType: '', size: 1 }, 'name', [undefined, 7, 'x'.repeat(limits.fileName + 1)]),
      ...spoilt({ name: 'x', mediaType: '', size: 1 }, 'mediaType', [undefined, 7, 'x'.repeat(limits.fileName + 1)]),
    ],
    output: { draftId: id },
    broken: [{}, { draftId: 7 }, { draftId: 'x' }],
  },
  'files.append': {
    // the longest piece, which has to fit through either door
    input: { draftId: id, offset: limits.file.bytes - 1, bytes: 'A'.repeat((limits.file.piece * 4) / 3) },
    refused: [
      ...spoilt({ offset: 0, bytes: 'AA' }, 'draftId', notIds),
      ...spoilt({ draftId: id, bytes: 'AA' }, 'offset', [undefined, -1, 0.5, '0', null]),
      ...spoilt({ draftId: id, offset: 0 }, 'bytes', ['', 7, 'A=', 'A+', 'x'.repeat((limits.file.piece * 4) / 3 + 1)]),
    ],
    output: { received: 7 },
    broken: [{}, { received: 0.5 }],
  },
  'files.finish': {
    input: { draftId: id, asOther: true },
    refused: [...spoilt({}, 'draftId', notIds), ...spoilt({ draftId: id }, 'asOther', ['yes', 1, null])],
    ...just(fileDraft),
  },
  'files.discard': { ...only('draftId'), ...done },
  'files.send': {
    input: { draftId: id, conversationId: id, clientId: id },
    refused: [
      ...spoilt({ conversationId: id, clientId: id }, 'draftId', notIds),
      ...spoilt({ draftId: id, clientId: id }, 'conversationId', notIds),
      ...spoilt({ draftId: id, conversationId: id }, 'clientId', notIds),
    ],
    ...just(message),
  },
  'files.list': { ...only('conversationId'), ...many(file) },
  'files.accept': { ...only('fileId'), ...just(file) },
  'files.pause': { ...only('fileId'), ...just(file) },
  'files.resume': { ...only('fileId'), ...just(file) },
  'files.cancel': { ...only('fileId'), ...just(file) },
  'files.read': {
    input: { fileId: id, offset: 65_536 },
    refused: [
      ...spoilt({ offset: 0 }, 'fileId', notIds),
      ...spoilt({ fileId: id }, 'offset', [undefined, -1, 0.5, '0']),
    ],
    output: { bytes: 'AAAA', end: true },
    broken: [{}, { bytes: 'AA' }, { bytes: 7, end: true }],
  },
  'files.remove': { ...only('fileId'), ...just(file) },
}
