import './icon.css'

/** Drawn by hand on 24 by 24, one stroke, so that they are of one family. */
const drawings = {
  discover: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm3.8 5.2-2.3 5.3-5.3 2.3 2.3-5.3 5.3-2.3Z',
  people:
    'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c.4-3.6 3-5.6 6.5-5.6s6.1 2 6.5 5.6M16 4.9a3.3 3.3 0 0 1 0 6.2M18 14.8c2 .7 3.2 2.5 3.5 5.2',
  mentorships: 'M3 8c5 0 4 8 9 8s4-8 9-8M3 16c5 0 4-8 9-8s4 8 9 8M12 5.5v.1M12 18.5v.1',
  community:
    'M12 5.6a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6ZM5.5 18.5a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6ZM18.5 18.5a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6ZM9.3 5.2a8 8 0 0 0-4.6 7.4M14.7 5.2a8 8 0 0 1 4.6 7.4M8 19.4a8 8 0 0 0 8 0',
  you: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.6-4.1 3.5-6 7.5-6s6.9 1.9 7.5 6',
  library:
    'M4.5 4.5h5A2.5 2.5 0 0 1 12 7v13a2 2 0 0 0-2-2H4.5V4.5ZM19.5 4.5h-5A2.5 2.5 0 0 0 12 7v13a2 2 0 0 1 2-2h5.5V4.5Z',
  safety: 'M9 3h6l2.5 8.5h-11L9 3ZM12 11.5V19M8 21h8M12 19c0 1.2-1.2 2-4 2h8c-2.8 0-4-.8-4-2',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.3 15.3 20 20',
  back: 'M19 12H5M11 6l-6 6 6 6',
  chevron: 'M7 10l5 5 5-5',
  refresh: 'M19.5 8A8 8 0 1 0 20 13M20 4v4.5h-4.5',
  write: 'M4 20l1-4.5L16 4.5a2 2 0 0 1 2.8 0l.7.7a2 2 0 0 1 0 2.8L8.5 19 4 20ZM14 6.5l3.5 3.5',
  copy: 'M9 9h10v11H9zM5.5 15H5V4h10v1.5',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  close: 'M6 6l12 12M18 6 6 18',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.5v2',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 11v5.5M12 7.6v.1',
  warning: 'M12 4 2.8 20h18.4L12 4ZM12 10v4.5M12 17.3v.1',
  stop: 'M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3L8.3 3ZM12 7.5v5.5M12 16.3v.1',
  queued: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 7.5V12l3 2',
  stored: 'M4 13.5 6.5 5h11L20 13.5V19H4v-5.5ZM4 13.5h4.5c.3 1.7 1.6 2.8 3.5 2.8s3.2-1.1 3.5-2.8H20',
  delivered: 'M2.5 12.5 7 17l8-9M11 16.5l.6.5 9.9-10',
  send: 'M4 12 20 4.5 15.5 20l-4-6.5L4 12ZM11.5 13.5 20 4.5',
  plus: 'M12 5v14M5 12h14',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1',
  more: 'M5 11.5a.5.5 0 1 0 0 1 .5.5 0 0 0 0-1ZM12 11.5a.5.5 0 1 0 0 1 .5.5 0 0 0 0-1ZM19 11.5a.5.5 0 1 0 0 1 .5.5 0 0 0 0-1Z',
  reply: 'M9 6 4 11l5 5M4 11h9a7 7 0 0 1 7 7v1',
  smile: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM8.5 14a4 4 0 0 0 7 0M9 9.4v.1M15 9.4v.1',
  remove: 'M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.5 11v5M13.5 11v5',
  file: 'M6 3h8l4.5 4.5V21H6zM13.5 3v5h5',
  attach: 'M8 12.5l6-6a3 3 0 0 1 4.2 4.2l-7.7 7.7a5 5 0 0 1-7-7L10.5 4.4',
  voice: 'M12 3.5a3 3 0 0 0-3 3V11a3 3 0 0 0 6 0V6.5a3 3 0 0 0-3-3ZM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21',
  sound: 'M4 10v4h3.5L12 18V6L7.5 10H4ZM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11',
  timer: 'M12 6.5a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM12 10v3.5l2.5 1.5M9.5 3h5M12 3v3.5',
  mute: 'M6.5 16.5V11A5.5 5.5 0 0 1 14 5.9M17.5 10v6.5H6.5M10 19.5a2 2 0 0 0 4 0M4 4l16 16',
  block: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM5.7 5.7l12.6 12.6',
  down: 'M12 5v14M6 13l6 6 6-6',
  calendar: 'M4.5 6h15v14h-15zM4.5 10.5h15M8.5 3.5V8M15.5 3.5V8',
  leave: 'M10 4H5v16h5M10 12h10M16.5 8l3.5 4-3.5 4',
  sparkle: 'M12 4v4M12 16v4M4 12h4M16 12h4M7 7l2 2M15 15l2 2M17 7l-2 2M9 15l-2 2',
} as const

export type IconName = keyof typeof drawings

/** These point along the line, and turn with it where it runs from right to left. */
const onward: readonly IconName[] = ['back', 'send', 'reply', 'leave']

/** A picture beside a word; it says nothing by itself. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className={onward.includes(name) ? 'icon icon-onward' : 'icon'} viewBox="0 0 24 24" aria-hidden="true">
      <path d={drawings[name]} />
    </svg>
  )
}
