import { Trans, useLingui } from '@lingui/react/macro'
import type { EvidenceView } from '../../../core/api/safety.ts'
import { useRegion } from '../../locales/use-region.ts'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Person } from '../../ui/weave.tsx'
import { fullDate } from '../../words/time.ts'
import './evidence.css'

/** Evidence as anybody sees it: what is in it, and what it proves and does not. */
export function EvidenceShown({ evidence }: { readonly evidence: EvidenceView }) {
  const { t } = useLingui()
  const region = useRegion()
  const { contact, exporter, offer, messages, note, madeAt, begunAt, communityName, offerTitle } = evidence
  const [made, begun] = [fullDate(region, madeAt, 'date and time'), fullDate(region, begunAt)]
  return (
    <div className="stack stack-wide">
      <Proofs evidence={evidence} />
      <dl className="evidence-frame">
        <dt>
          <Trans>The contact</Trans>
        </dt>
        <dd>
          <Person author={contact} size="middle">
            <Fingerprint of={contact.fingerprint} />
          </Person>
        </dd>
        <dt>
          <Trans>Exported by</Trans>
        </dt>
        <dd>
          {exporter === null ? (
            <Trans>Nobody stands for it</Trans>
          ) : (
            <Person author={exporter} size="middle">
              <Fingerprint of={exporter.fingerprint} />
              {exporter.mine && (
                <span className="small soft">
                  <Trans>This is you</Trans>
                </span>
              )}
            </Person>
          )}
        </dd>
        <dt>
          <Trans>Community</Trans>
        </dt>
        <dd>
          <bdi>{communityName}</bdi>
        </dd>
        <dt>
          <Trans>It began about</Trans>
        </dt>
        <dd>
          <bdi>{offerTitle}</bdi>, {begun}
        </dd>
        <dt>
          <Trans>Exported on</Trans>
        </dt>
        <dd>{made}</dd>
      </dl>
      {note !== '' && (
        <section className="stack stack-tight">
          <h2>
            <Trans>What the exporter says</Trans>
          </h2>
          <p className="prose" dir="auto">
            {note}
          </p>
        </section>
      )}
      {offer?.proven === true && (
        <section className="stack stack-tight">
          <h2>
            <Trans>The contact’s offer</Trans>
          </h2>
          <p className="prose" dir="auto">
            <strong>{offer.title}</strong>
          </p>
          <p className="prose" dir="auto">
            {offer.text}
          </p>
        </section>
      )}
      <section className="stack stack-tight">
        <h2>
          <Trans>Messages</Trans>
        </h2>
        <ol className="evidence-messages" aria-label={t`Messages`}>
          {messages.map((message, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- the list never changes
            <li key={index} className={message.own ? 'evidence-own' : undefined}>
              {message.gap && (
                <p className="evidence-gap">
                  <Trans>Something that was said in between was not chosen</Trans>
                </p>
              )}
              <p className="small soft">
                <bdi>{message.own ? t`Exporter` : contact.pseudonym}</bdi>,{' '}
                {fullDate(region, message.sentAt, 'date and time')}
                {message.edited && `, ${t`edited`}`}
              </p>
              <p className="prose" dir="auto">
                {message.kind === 'file' && <Icon name="file" />}
                {message.text}
              </p>
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}

function Fingerprint({ of }: { readonly of: string }) {
  return (
    <span className="evidence-fingerprint small soft" dir="ltr">
      {of}
    </span>
  )
}

function Proofs({ evidence: { exporter, contact, offer } }: { readonly evidence: EvidenceView }) {
  return (
    <Notice tone={exporter === null ? 'waiting' : 'reached'} icon={exporter === null ? 'warning' : 'check'}>
      {exporter === null ? (
        <p>
          <Trans>Nobody signed this. Anybody could have written all of it: it proves nothing by itself.</Trans>
        </p>
      ) : (
        <p>
          <Trans>
            Proved: whoever has this weave exported it, and not a letter was changed since. It does not prove that the
            contact wrote these messages: conversations here can be denied by both, on purpose, and that protects you
            too.
          </Trans>
        </p>
      )}
      {offer?.proven === true && (
        <p>
          <Trans>Proved as well: the offer below is the contact’s; they signed it.</Trans>
        </p>
      )}
      {offer?.proven === false && (
        <p>
          <Trans>An offer is in it whose signature is not the contact’s. It is not shown.</Trans>
        </p>
      )}
      {contact.keyOf === 'relationship' && (
        <p>
          <Trans>The contact’s sign below is of this conversation alone: it does not lead to their offers.</Trans>
        </p>
      )}
    </Notice>
  )
}
