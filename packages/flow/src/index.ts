export type { Action, RungTarget, SayPart, Speed, Whisper } from './action.ts';

export { announcementAfter } from './announcement-after.ts';

export { BUILTIN_VALUES } from './builtin-values.ts';
export { bundleOfFlows } from './bundle-of-flows.ts';
export type { Calendar, Hours, Weekday } from './calendar/calendar.ts';
export { CalendarSchema, HoursSchema, WEEKDAYS } from './calendar/calendar.ts';
export type { DayChange } from './calendar/calendar-changes.ts';
export { calendarChanges, hoursShown } from './calendar/calendar-changes.ts';
export type { CalendarProblem, CheckedCalendar } from './calendar/check-calendar.ts';
export { checkCalendar } from './calendar/check-calendar.ts';
export type { DayPlan } from './calendar/day-plan.ts';
export { planOf, WEEKDAY_NAMES } from './calendar/day-plan.ts';
export { holidayNamesOf, isNamed } from './calendar/holiday-names.ts';
export type { HolidaySet } from './calendar/holidays.ts';
export {
  defaultHolidays,
  HolidayFileError,
  incompleteYears,
  LAST_BUNDLED_YEAR,
  parseHolidayCsv,
  withOfficialYears,
} from './calendar/holidays.ts';
export type { Opening } from './calendar/is-open.ts';
export { isOpen, openIntervals } from './calendar/is-open.ts';
export type { Nth } from './calendar/nth-weekday.ts';
export { check } from './check/check.ts';
export { checkCampaignSms } from './check/check-campaign-sms.ts';
export { type CampaignUse, checkCampaignUse } from './check/check-campaign-use.ts';
export { personalWritten } from './check/check-personal.ts';
export { spokenSeconds } from './check/spoken-length.ts';
export { CONTACT_RESULT_WORDS, type ContactResult, ContactResultSchema } from './contact-result.ts';
export { changedTexts, type SaidText } from './difference/changed-texts.ts';
export { difference, type NodeChange, type SettingChange } from './difference/difference.ts';
export type { BundleDraft, DraftNode, FlowDraft, Reading } from './draft.ts';
export {
  BundleDraftSchema,
  FlowDraftSchema,
  IdSchema,
  LANGUAGE_VERSION,
  PresentFlowSchema,
  ReadingSchema,
} from './draft.ts';
export type { CallContext, CallEvent, CallerKind, Key, TransferFailure } from './event.ts';
export {
  CallContextSchema,
  CallEventSchema,
  CallerKindSchema,
  EVENT_SCHEMA_VERSION,
  KeySchema,
  TransferFailureSchema,
} from './event.ts';
export { exampleValuesFor } from './example-values.ts';
export { exportFlows, type FlowExport } from './exchange/export-flows.ts';
export type { FileAnnouncement, FileProblem, FileReading, FlowFile } from './exchange/flow-file.ts';
export { FileAnnouncementSchema, FileReadingSchema, LARGEST_FILE_CHARS } from './exchange/flow-file.ts';
export { flowFileJsonSchema } from './exchange/json-schema.ts';
export { type FlowFileReading, readFlowFile } from './exchange/read-flow-file.ts';
export { renameFlows } from './exchange/rename-flows.ts';
export type { Finding, Problem, Surroundings } from './finding.ts';
export { flowsLedTo } from './flows-led-to.ts';
export { fold, LogWithoutBeginningError } from './fold.ts';
export { type IdentityFormat, IdentityFormatSchema } from './identity-digits.ts';
export type { StampedEvent, Step, Taken } from './interpreter.ts';
export { ANSWER_SILENCE_MS, advance, begin } from './interpreter.ts';
export type { AnnouncementContent, Library, LibraryLink } from './library.ts';
export {
  AnnouncementContentSchema,
  libraryLinksIn,
  promptsOfFlow,
  saysTheSame,
  withLibrary,
  withLinks,
} from './library.ts';
export type { Making } from './make-runnable.ts';
export { makeRunnable } from './make-runnable.ts';
export type { BoundNode, Branch, KeyQuestion, NodeKind } from './node-kind.ts';
export { type AnnouncementNode, AnnouncementNodeSchema } from './nodes/announcement.ts';
export { type AskMobileNumberNode, AskMobileNumberNodeSchema } from './nodes/ask-mobile-number.ts';
export { type CallBackRequestNode, CallBackRequestNodeSchema } from './nodes/call-back-request.ts';
export { type CallerConditionNode, CallerConditionNodeSchema } from './nodes/caller-condition.ts';
export { type DigitsNode, DigitsNodeSchema } from './nodes/digits.ts';
export { type EndNode, EndNodeSchema } from './nodes/end.ts';
export { type GoToFlowNode, GoToFlowNodeSchema } from './nodes/go-to-flow.ts';
export { type IdentityCheckNode, IdentityCheckNodeSchema } from './nodes/identity-check.ts';
export { type MenuNode, MenuNodeSchema } from './nodes/menu.ts';
export { type OpeningHoursNode, OpeningHoursNodeSchema } from './nodes/opening-hours.ts';
export { type QuestionnaireNode, QuestionnaireNodeSchema, questionTitle } from './nodes/questionnaire.ts';
export { type PromisedDay, type RecordResultNode, RecordResultNodeSchema } from './nodes/record-result.ts';
export { nodeKind, nodeKinds } from './nodes/registry.ts';
export { type SetVariableNode, SetVariableNodeSchema } from './nodes/set-variable.ts';
export { SMS_LIMIT_UNITS, type SmsNode, SmsNodeSchema } from './nodes/sms.ts';
export { type TransferNode, TransferNodeSchema } from './nodes/transfer.ts';
export { jointFailure } from './nodes/transfer-targets.ts';
export { type VariableConditionNode, VariableConditionNodeSchema } from './nodes/variable-condition.ts';
export { SHORTEST_MESSAGE_MS, type VoicemailNode, VoicemailNodeSchema } from './nodes/voicemail.ts';
export type { DialableKind, DialDecision, DialRefusal, NumberKind } from './numbering.ts';
export { callerKindOf, isTestNumber, kindOfNumber, mayDial, nationalDigits } from './numbering.ts';
export type { Preparable, PreparableParts } from './preparable-parts.ts';
export { preparablePartsOf } from './preparable-parts.ts';
export { type Preview, type PreviewedNode, previewOf } from './preview.ts';
export type { Prompt } from './prompt.ts';
export { PromptSchema } from './prompt.ts';
export { type ReadAs, ReadAsSchema } from './read-as.ts';
export {
  exampleRecipient,
  MOST_RECIPIENT_VALUES,
  type RecipientValue,
  RecipientValueSchema,
  recipientValuesOf,
} from './recipient-values.ts';
export type { PastCall } from './replay/past-call.ts';
export { type ReplayedCall, replayer, unreadable } from './replay/replay-call.ts';
export type { Doubt, DoubtReason } from './replay/replay-run.ts';
export { type BranchTally, type ChangedCall, ReplayTally, type ReplayTotals } from './replay/replay-tally.ts';
export type { RunnableFlow } from './runnable.ts';
export { BundleUnreadableError, loadPublished } from './runnable.ts';
export { isSameFlow } from './same-flow.ts';
export { fixedTextsOf, spokenTextsOf } from './spoken-texts.ts';
export type { CallState, Outcome, Position } from './state.ts';
export { CallStateSchema, OutcomeSchema, outcomeOf } from './state.ts';
export type { TemplatePart, Value, Values } from './template.ts';
export { isValueName, namesIn, parseTemplate, readableTextOf, sayPartsOf } from './template.ts';
export { eligibilityTemplate } from './templates/eligibility.ts';
export type { FlowTemplate } from './templates/flow-template.ts';
export { exampleParameters } from './templates/flow-template.ts';
export { healthTemplate } from './templates/health.ts';
export { levyTemplate } from './templates/levy.ts';
export { flowTemplate, flowTemplates } from './templates/registry.ts';
export { type TemplateField, templateFields } from './templates/template-fields.ts';
export { transcriptsOf } from './trial/announcement-length.ts';
export {
  type Expectation,
  ExpectationSchema,
  expectationOf,
  type FlowTest,
  type FlowTestResult,
  FlowTestSchema,
  runFlowTests,
} from './trial/flow-test.ts';
export { type FlowToTry, flowToTry } from './trial/flow-to-try.ts';
export type { HouseView } from './trial/house-view.ts';
export { runTrial, type Trial, type TrialCanDo } from './trial/trial.ts';
export {
  type TransferOutcome,
  TransferOutcomeSchema,
  type TrialInput,
  TrialInputSchema,
  type TrialSetting,
  TrialSettingSchema,
} from './trial/trial-setting.ts';
export type { PathStep, Place, TrialStep } from './trial/trial-steps.ts';
export type { StoredEvent } from './upcast.ts';
export { EventUnreadableError, StoredEventSchema, upcast } from './upcast.ts';
export { USUAL_WORDINGS } from './usual-wordings.ts';
export { VOICE_IDS, VOICE_NAMES, type VoiceId, VoiceIdSchema, voiceName } from './voices.ts';
export type { Whereabouts } from './where.ts';
export { where } from './where.ts';
export { type WrittenText, writtenTexts } from './written-texts.ts';
