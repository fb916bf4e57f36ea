import type { MenuItemConstructorOptions } from 'electron'

/**
 * On macOS copying and pasting need a menu; elsewhere there is none. No entry
 * reloads, looks inside or leads out.
 */
export function menuTemplate(platform: NodeJS.Platform): MenuItemConstructorOptions[] {
  if (platform !== 'darwin') return []
  return [
    { role: 'appMenu', submenu: [{ role: 'hide' }, { role: 'hideOthers' }, { type: 'separator' }, { role: 'quit' }] },
    {
      role: 'editMenu',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    { role: 'windowMenu', submenu: [{ role: 'minimize' }, { role: 'zoom' }, { role: 'close' }] },
  ]
}
