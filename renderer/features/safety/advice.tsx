import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { localeOf, type Locale } from '../../locales/locale.ts'
import { usePreferences } from '../../shell/preferences.tsx'
import { Expander } from '../../ui/page.tsx'
import { adviceSources } from './source-list.ts'
import { Sources } from './sources.tsx'

/** Advice that is here without a network, in the language on screen, with the names of those it comes from. */
export function Advice() {
  const { t } = useLingui()
  return (
    <div className="advice">
      <Piece id="threatened" title={t`Somebody threatens you`}>
        <ol className="intro-points advice-steps">
          <li>
            <Trans>
              Breathe. This happens to very many people, and there is a way through it. You are not to blame.
            </Trans>
          </li>
          <li>
            <Trans>Do not pay, and send nothing more. Whoever pays is nearly always asked again.</Trans>
          </li>
          <li>
            <Trans>Stop answering, but delete nothing yet. Keep the threat, the names and the dates.</Trans>
          </li>
          <li>
            <Trans>Then block them. If you have paid already, tell your bank today.</Trans>
          </li>
          <li>
            <Trans>
              Tell somebody: a person you trust, a guardian, the police. You may show them only what you choose.
            </Trans>
          </li>
          <li>
            <Trans>
              Pictures can be stopped from spreading: look up “Take It Down” if you were under 18 in them, “StopNCII” if
              you were not. Neither asks you to hand over the picture.
            </Trans>
          </li>
        </ol>
      </Piece>
      <Piece id="close" title={t`Somebody is too close too soon`}>
        <p>
          <Trans>
            Grooming is building trust in order to use it. It looks like kindness at first, and it can take days or
            years. One sign alone means little; several together mean that you should talk to somebody else.
          </Trans>
        </p>
        <ul className="intro-points">
          <li>
            <Trans>They want to be the only one who understands you, and ask you to keep things secret.</Trans>
          </li>
          <li>
            <Trans>They give things you did not ask for, and remind you of them.</Trans>
          </li>
          <li>
            <Trans>They ask where you live, whether you are alone, what you wear.</Trans>
          </li>
          <li>
            <Trans>They are hurt or angry when you say no, or when you answer late.</Trans>
          </li>
          <li>
            <Trans>They say that this is how mentors, or people like us, are with each other.</Trans>
          </li>
        </ul>
      </Piece>
      <Piece id="meeting" title={t`Before you meet somebody`}>
        <ul className="intro-points">
          <li>
            <Trans>You do not have to meet, ever. What is taught here can be taught in words.</Trans>
          </li>
          <li>
            <Trans>Choose the place yourself: public, by day, not near your home or your work.</Trans>
          </li>
          <li>
            <Trans>Tell somebody where you are, with whom, and when you will be back.</Trans>
          </li>
          <li>
            <Trans>Get there and home on your own. Leave when you want to, without explaining it.</Trans>
          </li>
          <li>
            <Trans>Under 18: do not go alone. An adult whom you trust comes along.</Trans>
          </li>
        </ul>
      </Piece>
      <Piece id="young" title={t`If you mentor somebody under 18`}>
        <ul className="intro-points">
          <li>
            <Trans>Keep to what you agreed to teach, and to words. No private pictures, no calls late at night.</Trans>
          </li>
          <li>
            <Trans>Never ask them to keep you secret. Let them decide whom they tell who they are.</Trans>
          </li>
          <li>
            <Trans>You are a mentor and not a rescuer: say what you cannot do, and help them find who can.</Trans>
          </li>
          <li>
            <Trans>
              If they tell you that they are being hurt, believe them, do not question them, promise no silence, and ask
              a guardian or a helpline what the law where you are wants of you.
            </Trans>
          </li>
        </ul>
      </Piece>
      <Piece id="help" title={t`Where to find help`}>
        <Help />
      </Piece>
    </div>
  )
}

interface PieceProps {
  readonly id: keyof typeof adviceSources
  readonly title: string
  readonly children: ReactNode
}

/** One piece of advice, and where it comes from. */
function Piece({ id, title, children }: PieceProps) {
  return (
    <Expander title={title}>
      {children}
      <Sources of={adviceSources[id]} />
    </Expander>
  )
}

interface Helper {
  readonly name: string
  /** Of its name, where that is not English. */
  readonly lang?: Locale
  readonly locales: readonly Locale[]
}

/** Names alone: numbers change and differ by country, and a wrong one does harm. */
const helpers: readonly Helper[] = [
  { name: 'Child Helpline International', locales: ['en', 'it'] },
  { name: 'INHOPE', locales: ['en', 'it'] },
  { name: 'National Center for Missing & Exploited Children', locales: ['en'] },
  { name: 'Childline, NSPCC', locales: ['en'] },
  { name: 'Telefono Azzurro', lang: 'it', locales: ['it'] },
  { name: 'Commissariato di P.S. online (Polizia Postale)', lang: 'it', locales: ['it'] },
  { name: 'ILGA World', locales: ['en', 'it'] },
]

function Help() {
  const { language } = usePreferences()
  const { t } = useLingui()
  const locale = localeOf(language, navigator.languages)
  const what: Readonly<Record<string, string>> = {
    'Child Helpline International': t`lists the helplines for children, country by country`,
    INHOPE: t`lists where pictures of children can be reported, country by country`,
    'National Center for Missing & Exploited Children': t`United States: “CyberTipline” and “Take It Down”`,
    'Childline, NSPCC': t`United Kingdom: help for children, and “Report Remove” for pictures`,
    'Telefono Azzurro': t`Italy: help for children and teenagers`,
    'Commissariato di P.S. online (Polizia Postale)': t`Italy: the police for crimes on the net; advice, and reports`,
    'ILGA World': t`lists LGBTQ+ organisations by country; they know who helps near you`,
  }
  return (
    <>
      <p>
        <Trans>
          Staffetta gives no telephone numbers: they differ by country and change, and an old one could cost you time.
          Look up one of these names, or the words “helpline”, what it is about, and your country.
        </Trans>
      </p>
      <ul className="intro-points">
        {helpers
          .filter(({ locales }) => locales.includes(locale))
          .map(({ name, lang = 'en' }) => (
            <li key={name}>
              <bdi lang={lang} translate="no">
                {name}
              </bdi>
              : <span>{what[name]}</span>
            </li>
          ))}
      </ul>
      <p>
        <Trans>
          Looking something up leaves traces. If others use your device or your connection, use a private window, or a
          device that they do not. In danger right now, call the emergency number of your country.
        </Trans>
      </p>
    </>
  )
}
