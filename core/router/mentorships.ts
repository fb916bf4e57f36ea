import { implement } from '@orpc/server'
import { mentorships as contract } from '../api/mentorships.ts'
import type { ConversationId } from '../base/ids.ts'
import type { AppState } from '../session/app-state.ts'

/** The part of the contract about mentorships, answered by the app. */
export function mentorshipsRouter(app: AppState) {
  const at = implement(contract)
  const mentorships = () => app.session().mentorships
  const saying = () => mentorships().saying
  const done = {}
  /** What is said answers with what stands there then. */
  const then = async (id: string, said: Promise<void>) => {
    await said
    return mentorships().view(id)
  }

  return at.router({
    list: at.list.handler(({ input }) => mentorships().list(input.conversationId as ConversationId | undefined)),
    view: at.view.handler(({ input }) => mentorships().view(input.mentorshipId)),
    prefill: at.prefill.handler(({ input }) => mentorships().prefill(input.conversationId as ConversationId)),
    propose: at.propose.handler(({ input: { mentorshipId, conversationId, ...wish } }) =>
      then(mentorshipId, saying().propose(mentorshipId, conversationId as ConversationId, wish)),
    ),
    accept: at.accept.handler(({ input: { mentorshipId, version } }) =>
      then(mentorshipId, saying().agree(mentorshipId, 'accept', version)),
    ),
    agree: at.agree.handler(({ input: { mentorshipId, version } }) =>
      then(mentorshipId, saying().agree(mentorshipId, 'agree', version)),
    ),
    pause: at.pause.handler(({ input: { mentorshipId } }) =>
      then(
        mentorshipId,
        saying().say(mentorshipId, () => ({ kind: 'pause' })),
      ),
    ),
    resume: at.resume.handler(({ input: { mentorshipId } }) =>
      then(
        mentorshipId,
        saying().say(mentorshipId, () => ({ kind: 'resume' })),
      ),
    ),
    finish: at.finish.handler(({ input: { mentorshipId } }) =>
      then(
        mentorshipId,
        saying().say(mentorshipId, () => ({ kind: 'finish' })),
      ),
    ),
    goOn: at.goOn.handler(({ input: { mentorshipId } }) =>
      then(
        mentorshipId,
        saying().say(mentorshipId, () => ({ kind: 'go-on' })),
      ),
    ),
    end: at.end.handler(async ({ input: { mentorshipId, ...how } }) => {
      await mentorships().end(mentorshipId, how)
      return done
    }),
    edit: at.edit.handler(({ input: { mentorshipId, change } }) =>
      then(mentorshipId, saying().edit(mentorshipId, change)),
    ),
    planSession: at.planSession.handler(({ input: { mentorshipId, sessionId, teaches, ...plan } }) =>
      then(mentorshipId, saying().plan(mentorshipId, { ...plan, session: sessionId, teaches: teaches ?? 'me' })),
    ),
    acceptSession: at.acceptSession.handler(({ input: { mentorshipId, sessionId, plan } }) =>
      then(mentorshipId, saying().take(mentorshipId, sessionId, plan)),
    ),
    cancelSession: at.cancelSession.handler(({ input: { mentorshipId, sessionId: session } }) =>
      then(
        mentorshipId,
        saying().say(mentorshipId, () => ({ kind: 'cancel', session })),
      ),
    ),
    confirmSession: at.confirmSession.handler(({ input: { mentorshipId, sessionId, minutes } }) =>
      then(mentorshipId, saying().held(mentorshipId, sessionId, minutes)),
    ),
    calendar: at.calendar.handler(({ input }) =>
      mentorships().calendar(input.mentorshipId, input.sessionId, input.title),
    ),
    debrief: at.debrief.handler(({ input: { mentorshipId, answers, share } }) =>
      then(mentorshipId, mentorships().debrief(mentorshipId, answers, share)),
    ),
    thank: at.thank.handler(({ input: { mentorshipId, text } }) =>
      then(mentorshipId, saying().thank(mentorshipId, text)),
    ),
    erase: at.erase.handler(({ input: { mentorshipId, ...what } }) =>
      then(mentorshipId, mentorships().erase(mentorshipId, what)),
    ),
    forget: at.forget.handler(({ input }) => {
      mentorships().forget(input.mentorshipId)
      return done
    }),
    saveNotes: at.saveNotes.handler(({ input }) => {
      mentorships().setOwn(input.mentorshipId, { notes: input.notes })
      return done
    }),
    setReminder: at.setReminder.handler(({ input }) => {
      mentorships().setOwn(input.mentorshipId, { reminder: input.minutes })
      return mentorships().view(input.mentorshipId)
    }),
    setCheckIns: at.setCheckIns.handler(({ input }) => {
      mentorships().setOwn(input.mentorshipId, { checkIns: input.on })
      return mentorships().view(input.mentorshipId)
    }),
    dismissCheckIn: at.dismissCheckIn.handler(({ input }) => {
      mentorships().setOwn(input.mentorshipId, { checkInSeen: true })
      return mentorships().view(input.mentorshipId)
    }),
    hours: at.hours.handler(() => mentorships().hours()),
  })
}
