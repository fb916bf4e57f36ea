import { mentorshipLimits as limits } from '../../core/api/mentorship-limits.ts'
import { author, done, id, just, many, nothings, notIds, only, spoilt, time, type Sample } from './sample-parts.ts'

const summary = {
  id,
  conversationId: id,
  contact: author,
  offerTitle: 'Bookbinding',
  teaches: 'them',
  state: 'active',
  proposedByMe: true,
  proposedAt: time,
  beganAt: time,
  overAt: null,
  movedAt: time,
  nextSession: { id, at: time, minutes: 60 },
  progress: 0.5,
  waits: ['session', 'check-in'],
}
const draft = {
  what: 'Bind a book',
  boundaries: '',
  fallback: '',
  rhythm: 'weekly',
  until: '2027-03-01',
  minutes: 45,
}
const no = { mine: false, theirs: false }
const session = {
  id,
  at: time,
  minutes: 60,
  teaches: 'them',
  format: 'voice',
  note: '',
  state: 'accepted',
  proposedByMe: false,
  plan: 7,
  moves: 1,
  took: { mine: null, theirs: 55 },
  near: false,
}
const view = {
  ...summary,
  paused: no,
  finishing: no,
  endedByMe: null,
  agreement: { ...draft, version: id, agreed: { mine: true, theirs: false } },
  goals: [{ id, title: 'A book', progress: 0.5, milestones: [{ id, title: 'Fold', done: true }] }],
  notes: 'wax',
  links: [{ id, title: 'Stitches', address: 'https://example.org' }],
  files: [{ id, fileId: null, messageId: id, name: 'pattern.pdf' }],
  sessions: [session],
  debrief: { answers: { learned: 'patience' }, shared: false, theirs: null },
  thanks: { mine: 'Thank you', theirs: null },
  erasure: { workspace: 'kept', files: 'asked' },
  own: { notes: 'mine', reminder: 30, checkIns: true },
}
const given: Pick<Sample, 'output' | 'broken'> = {
  output: view,
  broken: [
    ...just(view).broken,
    { ...view, state: 'over' },
    { ...view, waits: ['money'] },
    { ...view, agreement: { ...view.agreement, version: 'x' } },
    { ...view, sessions: [{ ...session, at: -1 }] },
    { ...view, erasure: { workspace: 'gone', files: 'kept' } },
  ],
}
const of = { mentorshipId: id }
const ofSession = { ...of, sessionId: id }
const plain: Sample = { ...only('mentorshipId'), ...given }
const withId = (input: object, refused: readonly unknown[]): Pick<Sample, 'input' | 'refused'> => ({
  input,
  refused: [...nothings, {}, ...spoilt(input, 'mentorshipId', notIds), ...refused],
})
const hours = {
  given: 90,
  received: 30,
  mentorships: [{ mentorshipId: id, contact: author, given: 90, received: 30, sessions: 2, lastAt: time }],
}
const change = { ...of, change: { kind: 'goal', goalId: id, title: 'A book', progress: 0.5 } }
const plan = { ...ofSession, at: time, minutes: 60, format: 'voice', note: 'as always', teaches: 'me' }
const proposal = { ...of, conversationId: id, teaches: 'them', agreement: draft }

export const mentorshipSamples: Readonly<Record<string, Sample>> = {
  'mentorships.list': {
    input: { conversationId: id },
    refused: [null, 'x', ...spoilt({}, 'conversationId', ['x', null, 7])],
    ...many(summary),
  },
  'mentorships.view': plain,
  'mentorships.prefill': {
    ...only('conversationId'),
    output: { teaches: 'me', what: 'Bookbinding' },
    broken: [undefined, { teaches: 'nobody', what: '' }, { teaches: 'me' }],
  },
  'mentorships.propose': {
    ...withId(proposal, [
      ...spoilt(proposal, 'conversationId', notIds),
      ...spoilt(proposal, 'teaches', ['', 'mentor', null]),
      ...spoilt(proposal, 'agreement', [
        undefined,
        {},
        { ...draft, what: 'x'.repeat(limits.agreementText + 1) },
        { ...draft, rhythm: 'hourly' },
        { ...draft, until: '2027-02-31' },
        { ...draft, until: '1 March' },
        { ...draft, minutes: 0 },
      ]),
    ]),
    ...given,
  },
  'mentorships.accept': { ...withId({ ...of, version: id }, spoilt(of, 'version', notIds)), ...given },
  'mentorships.agree': { ...withId({ ...of, version: id }, spoilt(of, 'version', notIds)), ...given },
  'mentorships.pause': plain,
  'mentorships.resume': plain,
  'mentorships.finish': plain,
  'mentorships.goOn': plain,
  'mentorships.end': {
    ...withId({ ...of, erase: 'workspace', block: true }, [
      of,
      { ...of, erase: 'everything', block: true },
      { ...of, erase: 'nothing', block: 'yes' },
    ]),
    ...done,
  },
  'mentorships.edit': {
    ...withId(
      change,
      spoilt(of, 'change', [
        undefined,
        {},
        { kind: 'paint' },
        { kind: 'text', field: 'thanks', from: '', to: '' },
        { kind: 'text', field: 'notes', from: '', to: 'x'.repeat(2 * limits.notes + 1) },
        { kind: 'terms', terms: { rhythm: 'hourly' } },
        { kind: 'goal', goalId: 'x', title: 'x' },
        { kind: 'goal', goalId: id, title: '' },
        { kind: 'goal', goalId: id, title: 'a\u202Eb' },
        { kind: 'goal', goalId: id, progress: 2 },
        { kind: 'milestone', goalId: id, milestoneId: id, title: 'x'.repeat(limits.title + 1) },
        { kind: 'link', linkId: id, address: 'x'.repeat(limits.address + 1) },
        { kind: 'file', sharedFileId: id },
        { kind: 'remove', id: '*' },
      ]),
    ),
    ...given,
  },
  'mentorships.planSession': {
    ...withId(plan, [
      ...spoilt(plan, 'sessionId', notIds),
      ...spoilt(plan, 'at', [-1, 1.5, '12:00', 1e17, null]),
      ...spoilt(plan, 'minutes', [0, 4, 481, 1.5]),
      ...spoilt(plan, 'format', ['', 'video']),
      ...spoilt(plan, 'note', [null, 'x'.repeat(limits.sessionNote + 1)]),
      ...spoilt(plan, 'teaches', ['both', null]),
    ]),
    ...given,
  },
  'mentorships.acceptSession': {
    ...withId({ ...ofSession, plan: 7 }, spoilt(ofSession, 'plan', [undefined, -1, 1.5, '7'])),
    ...given,
  },
  'mentorships.cancelSession': { ...withId(ofSession, spoilt(of, 'sessionId', notIds)), ...given },
  'mentorships.confirmSession': {
    ...withId({ ...ofSession, minutes: 55 }, spoilt(ofSession, 'minutes', [undefined, 0, 481, '55'])),
    ...given,
  },
  'mentorships.calendar': {
    ...withId(
      { ...ofSession, title: 'Appointment' },
      spoilt(ofSession, 'title', [undefined, '', 'a\nb', 'x'.repeat(61)]),
    ),
    output: { name: 'appointment.ics', text: 'BEGIN:VCALENDAR' },
    broken: [undefined, {}, { name: 'x' }],
  },
  'mentorships.debrief': {
    ...withId({ ...of, answers: { learned: 'patience' }, share: false }, [
      of,
      { ...of, answers: { learned: 'x'.repeat(limits.answer + 1) }, share: false },
      { ...of, answers: { secret: 'x' }, share: true },
      { ...of, answers: {}, share: 1 },
    ]),
    ...given,
  },
  'mentorships.thank': {
    ...withId({ ...of, text: 'Thank you' }, spoilt(of, 'text', [undefined, '', ' ', 7, 'x'.repeat(limits.thanks + 1)])),
    ...given,
  },
  'mentorships.erase': {
    ...withId({ ...of, workspace: true, files: false }, [of, { ...of, workspace: 1, files: 0 }]),
    ...given,
  },
  'mentorships.forget': { ...only('mentorshipId'), ...done },
  'mentorships.saveNotes': {
    ...withId({ ...of, notes: '' }, spoilt(of, 'notes', [undefined, 7, 'x'.repeat(limits.privateNotes + 1)])),
    ...done,
  },
  'mentorships.setReminder': {
    ...withId({ ...of, minutes: null }, spoilt(of, 'minutes', [undefined, -1, 1.5, 10_081, '30'])),
    ...given,
  },
  'mentorships.setCheckIns': { ...withId({ ...of, on: false }, spoilt(of, 'on', [undefined, 1, null])), ...given },
  'mentorships.dismissCheckIn': plain,
  'mentorships.hours': {
    output: hours,
    broken: [undefined, {}, { ...hours, given: -1 }, { ...hours, mentorships: [{}] }],
  },
}
