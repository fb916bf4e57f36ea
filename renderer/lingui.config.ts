import type { LinguiConfig } from '@lingui/conf'
import { formatter } from '@lingui/format-po'

const config: LinguiConfig = {
  sourceLocale: 'en',
  locales: ['en', 'it'],
  catalogs: [{ path: '<rootDir>/locales/{locale}', include: ['<rootDir>'] }],
  // no line numbers: a catalogue changes only where its words do
  format: formatter({ lineNumbers: false, origins: true }),
  orderBy: 'message',
}

export default config
