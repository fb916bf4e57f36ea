import { Trans, useLingui } from '@lingui/react/macro'
import { useState, type ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { DoorPicture, KnotPicture, LampPicture, TablePicture, TreesPicture } from './intro-pictures.tsx'
import { introSources } from './source-list.ts'
import { Sources } from './sources.tsx'
import './safety.css'

interface Screen {
  readonly id: keyof typeof introSources
  readonly picture: ReactNode
  readonly title: string
  readonly body: ReactNode
}

/** What everybody should have read once, on five short screens; each of them can be left. */
export function Intro({ onDone }: { readonly onDone: () => void }) {
  const screens = useScreens()
  const [index, setIndex] = useState(0)
  const count = screens.length
  const screen = screens[index]
  if (screen === undefined) return null
  const number = index + 1
  const isLast = number === count
  return (
    <div className="intro">
      <p className="small soft">
        <Trans>
          {number} of {count}
        </Trans>
      </p>
      {screen.picture}
      <h1 key={screen.id} ref={arrive} tabIndex={-1}>
        {screen.title}
      </h1>
      <div className="intro-body">{screen.body}</div>
      <Sources of={introSources[screen.id]} />
      <div className="row intro-ways">
        <Button
          kind="primary"
          onPress={() => {
            if (isLast) onDone()
            else setIndex(index + 1)
          }}
        >
          {isLast ? <Trans>Done</Trans> : <Trans>Next</Trans>}
        </Button>
        {index > 0 && (
          <Button kind="plain" icon="back" onPress={() => setIndex(index - 1)}>
            <Trans>Back</Trans>
          </Button>
        )}
        {!isLast && (
          <Button kind="plain" onPress={onDone}>
            <Trans>Skip</Trans>
          </Button>
        )}
      </div>
    </div>
  )
}

/** Every screen begins at its title. */
function arrive(heading: HTMLElement | null): void {
  heading?.focus({ preventScroll: true })
}

function useScreens(): readonly Screen[] {
  const { t } = useLingui()
  return [
    {
      id: 'protects',
      picture: <LampPicture />,
      title: t`What this protects, and what it does not`,
      body: (
        <ul className="intro-points">
          <li>
            <Trans>
              What you write reaches only the person you write to. Without your passphrase this device is silent.
            </Trans>
          </li>
          <li>
            <Trans>It cannot stop anybody from copying your words, or from lying about who they are.</Trans>
          </li>
          <li>
            <Trans>
              It cannot help against spying software on your device, or eyes behind you. Press <kbd>Esc</kbd> twice and
              everything is locked.
            </Trans>
          </li>
        </ul>
      ),
    },
    {
      id: 'owe',
      picture: <TablePicture />,
      title: t`You owe nobody a meeting, a picture or money`,
      body: (
        <ul className="intro-points">
          <li>
            <Trans>
              A mentor gives time. It is no debt, and nobody may ask for anything in return that you do not want to
              give.
            </Trans>
          </li>
          <li>
            <Trans>
              You may say no to a picture, a call, a meeting, your name, money: at any time, without a reason, also
              after a yes.
            </Trans>
          </li>
          <li>
            <Trans>
              If you want to meet: by day, among people, with your own way home, and somebody you trust knows where.
            </Trans>
          </li>
        </ul>
      ),
    },
    {
      id: 'young',
      picture: <TreesPicture />,
      title: t`Under 18, and with people under 18`,
      body: (
        <ul className="intro-points">
          <li>
            <Trans>
              If you are under 18: no adult here needs your school, your street or your face. If you can, let an adult
              whom you trust know that you have a mentor.
            </Trans>
          </li>
          <li>
            <Trans>
              If you mentor someone under 18: no secrets, no pictures, no meeting alone, nothing sexual. Write only what
              anybody who cares for them could read.
            </Trans>
          </li>
          <li>
            <Trans>
              Never press anybody to come out, and never tell others about them. If they are in danger, do not carry it
              alone: ask a guardian of your community, or a helpline for children.
            </Trans>
          </li>
        </ul>
      ),
    },
    {
      id: 'signs',
      picture: <KnotPicture />,
      title: t`Signs that something is wrong`,
      body: (
        <ul className="intro-points">
          <li>
            <Trans>
              Very close very soon: flattery, presents, many messages, then secrets that only you two may have.
            </Trans>
          </li>
          <li>
            <Trans>They want another app, a picture, a call with the camera on, or lead every talk to sex.</Trans>
          </li>
          <li>
            <Trans>They make you feel guilty or in debt, and speak ill of those who are good to you.</Trans>
          </li>
          <li>
            <Trans>They threaten: pay, send more, obey, or everybody will see it or learn who you are.</Trans>
          </li>
        </ul>
      ),
    },
    {
      id: 'do',
      picture: <DoorPicture />,
      title: t`What to do`,
      body: (
        <ul className="intro-points">
          <li>
            <Trans>Stop answering. Pay nothing and send nothing more: it hardly ever ends with the first time.</Trans>
          </li>
          <li>
            <Trans>Keep what was said before you block or end it. Safety has a page for that.</Trans>
          </li>
          <li>
            <Trans>
              Tell someone: a person you trust, a guardian of your community, a helpline. You are not to blame, whatever
              you sent.
            </Trans>
          </li>
          <li>
            <Trans>All of this is one press away, wherever you are: under Safety.</Trans>
          </li>
        </ul>
      ),
    },
  ]
}
