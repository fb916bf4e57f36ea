import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { EvidenceView } from '../../../core/api/safety.ts'
import { fullDate } from '../../words/time.ts'

/** Evidence as plain text, in the language on screen: for whoever has no Staffetta. It proves nothing by itself, and says so. */
export function evidenceText(i18n: I18n, region: string, evidence: EvidenceView): string {
  const { exporter, contact, offer, messages, note } = evidence
  const when = (time: number): string => fullDate(region, time, 'date and time')
  const line = (name: string, value: string): string => `${name}: ${value}`
  const nobody = i18n._(msg`Nobody stands for it`)
  const own = i18n._(msg`Exporter`)
  const said = messages.flatMap((message) => [
    ...(message.gap ? [`[${i18n._(msg`Something that was said in between was not chosen`)}]`] : []),
    `${message.own ? own : contact.pseudonym}, ${when(message.sentAt)}${message.edited ? `, ${i18n._(msg`edited`)}` : ''}`,
    message.kind === 'file' ? `[${message.text}]` : message.text,
    '',
  ])
  return [
    i18n._(msg`Messages from a conversation`),
    '',
    line(i18n._(msg`The contact`), `${contact.pseudonym} (${contact.fingerprint})`),
    line(i18n._(msg`Exported by`), exporter === null ? nobody : `${exporter.pseudonym} (${exporter.fingerprint})`),
    line(i18n._(msg`Community`), evidence.communityName),
    line(i18n._(msg`It began about`), `${evidence.offerTitle}, ${fullDate(region, evidence.begunAt)}`),
    line(i18n._(msg`Exported on`), when(evidence.madeAt)),
    '',
    ...(note === '' ? [] : [i18n._(msg`What the exporter says`), note, '']),
    ...(offer?.proven === true ? [i18n._(msg`The contact’s offer`), offer.title, offer.text, ''] : []),
    ...said,
    i18n._(
      msg`This text is for reading. The file beside it can be checked with “Open evidence” in Staffetta: it proves who exported it and that nothing was changed since, and not that the contact wrote the messages. Only an offer of the contact’s in it is signed by them.`,
    ),
    '',
  ].join('\n')
}
