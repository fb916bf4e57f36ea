import { mediaType, type MediaType } from '../api/views.ts'

/** What a file is said to be; `other` is whatever is only saved, never shown. PROTOCOL.md section "File offers". */
export const mediaTypes = mediaType.options

export type { MediaType }
export type PictureType = Extract<MediaType, `image/${string}`>

const neutralNames: Readonly<Partial<Record<MediaType, string>>> = {
  'image/jpeg': 'picture.jpg',
  'image/png': 'picture.png',
  'image/webp': 'picture.webp',
  'image/gif': 'picture.gif',
  'audio/webm': 'voice.webm',
  'audio/ogg': 'voice.ogg',
  'audio/mp4': 'voice.m4a',
}

export function isPicture(type: MediaType): type is PictureType {
  return type.startsWith('image/')
}

export function isVoice(type: MediaType): boolean {
  return type.startsWith('audio/')
}

/** A name for pictures and voice notes that says nothing of when and by what they were made. */
export function neutralName(type: MediaType): string | undefined {
  return neutralNames[type]
}

/** What a browser says a file is, parameters such as the codec aside. */
export function mediaTypeOf(said: string): MediaType {
  const plain = said.split(';')[0]?.trim().toLowerCase()
  return mediaTypes.find((type) => type === plain) ?? 'other'
}
