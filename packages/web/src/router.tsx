import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { z } from 'zod';
import { meQuery } from './account-queries.ts';
import { isSignedOut } from './api/api-error.ts';
import { CallsSearchSchema } from './calls/calls-search.ts';
import { AttemptsSearchSchema } from './campaigns/attempts/attempts-search.ts';
import { RecipientsSearchSchema } from './campaigns/recipients/recipients-search.ts';
import { CitizenSearchSchema } from './citizen/citizen-search.ts';
import { Loading } from './design/loading.tsx';
import { InboxSearchSchema } from './inbox/inbox-search.ts';
import { FailurePage } from './shell/failure-page.tsx';
import { NotFoundPage } from './shell/not-found-page.tsx';
import { Root } from './shell/root.tsx';
import { Shell } from './shell/shell.tsx';
import { SignInPage } from './sign-in/sign-in-page.tsx';
import { CountsSearchSchema } from './studio/counts/counts-search.ts';

const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Root,
  notFoundComponent: NotFoundPage,
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: z.object({
    /** Where to go on; only places of our own. */
    back: z
      .string()
      .regex(/^\/(?![/\\])/)
      .optional()
      .catch(undefined),
    /** The session ended while somebody was at work. */
    ended: z.boolean().optional().catch(undefined),
  }),
  component: SignInPage,
});

const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signedIn',
  async beforeLoad({ context, location }) {
    try {
      await context.queryClient.ensureQueryData(meQuery);
    } catch (error) {
      if (!isSignedOut(error)) throw error;
      throw redirect({ to: '/sign-in', search: location.pathname === '/' ? {} : { back: location.href } });
    }
  },
  component: Shell,
});

const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  beforeLoad() {
    throw redirect({ to: '/live', replace: true });
  },
});

const liveRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/live',
  component: lazyRouteComponent(() => import('./live/live-page.tsx'), 'LivePage'),
});

const callsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/calls',
  validateSearch: CallsSearchSchema,
  component: lazyRouteComponent(() => import('./calls/calls-page.tsx'), 'CallsPage'),
});

const storyRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/calls/$callId',
  component: lazyRouteComponent(() => import('./story/story-page.tsx'), 'StoryPage'),
});

const inboxRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/inbox',
  validateSearch: InboxSearchSchema,
  component: lazyRouteComponent(() => import('./inbox/inbox-page.tsx'), 'InboxPage'),
});

const inboxItemRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/inbox/$itemId',
  component: lazyRouteComponent(() => import('./inbox/item-page.tsx'), 'ItemPage'),
});

const citizenRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/citizen',
  validateSearch: CitizenSearchSchema,
  component: lazyRouteComponent(() => import('./citizen/citizen-page.tsx'), 'CitizenPage'),
});

const noteChoicesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/note-choices',
  component: lazyRouteComponent(() => import('./notes/choices-page.tsx'), 'ChoicesPage'),
});

const suppressionsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/suppressions',
  component: lazyRouteComponent(
    () => import('./campaigns/suppression/suppressions-page.tsx'),
    'SuppressionsPage',
  ),
});

const campaignCostRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/campaign-cost',
  component: lazyRouteComponent(() => import('./campaigns/cost/cost-page.tsx'), 'CostPage'),
});

const smsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/sms',
  component: lazyRouteComponent(() => import('./sms/sms-page.tsx'), 'SmsPage'),
});

const announcementsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/announcements',
  component: lazyRouteComponent(
    () => import('./announcements/library/announcements-page.tsx'),
    'AnnouncementsPage',
  ),
});

const newAnnouncementRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/announcements/new',
  component: lazyRouteComponent(
    () => import('./announcements/library/new-announcement-page.tsx'),
    'NewAnnouncementPage',
  ),
});

const announcementRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/announcements/$announcementId',
  component: lazyRouteComponent(
    () => import('./announcements/library/announcement-page.tsx'),
    'AnnouncementPage',
  ),
});

const audioRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/announcements/audio',
  component: lazyRouteComponent(() => import('./announcements/sounds/audio-page.tsx'), 'AudioPage'),
});

const readingsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/announcements/readings',
  component: lazyRouteComponent(() => import('./announcements/readings/readings-page.tsx'), 'ReadingsPage'),
});

const usualVoiceRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/announcements/voice',
  component: lazyRouteComponent(
    () => import('./announcements/voices/usual-voice-page.tsx'),
    'UsualVoicePage',
  ),
});

const numbersRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/numbers',
  component: lazyRouteComponent(() => import('./numbers/numbers-page.tsx'), 'NumbersPage'),
});

const numberRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/numbers/$phoneNumber',
  component: lazyRouteComponent(() => import('./numbers/number-page.tsx'), 'NumberPage'),
});

const emergencyRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/emergency',
  component: lazyRouteComponent(() => import('./emergency/emergency-page.tsx'), 'EmergencyPage'),
});

const trunksRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/trunks',
  validateSearch: z.object({
    /** What was just done here, to be confirmed. */
    done: z.enum(['saved', 'removed']).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./trunks/trunks-page.tsx'), 'TrunksPage'),
});

const newTrunkRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/trunks/new',
  component: lazyRouteComponent(() => import('./trunks/new-trunk-page.tsx'), 'NewTrunkPage'),
});

const trunkRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/trunks/$trunkId',
  component: lazyRouteComponent(() => import('./trunks/trunk-page.tsx'), 'TrunkPage'),
});

const outcomeTableRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/trunks/$trunkId/outcome-table',
  component: lazyRouteComponent(
    () => import('./trunks/outcome-table/outcome-table-page.tsx'),
    'OutcomeTablePage',
  ),
});

const flowsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/flows',
  component: lazyRouteComponent(() => import('./flows/flows-page.tsx'), 'FlowsPage'),
});

const newFlowRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/flows/new',
  validateSearch: z.object({
    way: z.enum(['empty', 'template', 'file']).optional().catch(undefined),
    /** The template that was chosen. */
    template: z.string().max(64).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./flows/new/new-flow-page.tsx'), 'NewFlowPage'),
});

const studioRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/flows/$flowId',
  // The canvas wants the whole width, and the height that is there.
  staticData: { isWide: true, fillsWindow: true },
  validateSearch: z.object({
    view: z.enum(['canvas', 'outline']).optional().catch(undefined),
    mode: z.enum(['edit', 'trial', 'replay']).optional().catch(undefined),
    /** A node to begin with. */
    node: z.string().max(64).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./studio/studio-page.tsx'), 'StudioPage'),
});

const countsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/flows/$flowId/counts',
  staticData: { isWide: true },
  validateSearch: CountsSearchSchema,
  component: lazyRouteComponent(() => import('./studio/counts/counts-page.tsx'), 'CountsPage'),
});

const publishRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/flows/$flowId/publish',
  component: lazyRouteComponent(() => import('./publishing/publish-page.tsx'), 'PublishPage'),
});

const versionsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/flows/$flowId/versions',
  component: lazyRouteComponent(() => import('./publishing/versions-page.tsx'), 'VersionsPage'),
});

const approvalsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/approvals',
  validateSearch: z.object({ state: z.enum(['settled']).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./publishing/proposals-page.tsx'), 'ProposalsPage'),
});

const approvalRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/approvals/$proposalId',
  component: lazyRouteComponent(() => import('./publishing/proposal-page.tsx'), 'ProposalPage'),
});

const calendarsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/calendars',
  component: lazyRouteComponent(() => import('./calendars/calendars-page.tsx'), 'CalendarsPage'),
});

const holidaysRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/calendars/holidays',
  component: lazyRouteComponent(() => import('./calendars/holidays-page.tsx'), 'HolidaysPage'),
});

const calendarRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/calendars/$calendarId',
  component: lazyRouteComponent(() => import('./calendars/calendar-page.tsx'), 'CalendarPage'),
});

const campaignsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/campaigns',
  validateSearch: z.object({
    state: z.enum(['ended']).optional().catch(undefined),
    department: z.string().min(1).max(50).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./campaigns/list/campaigns-page.tsx'), 'CampaignsPage'),
});

const newCampaignRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/campaigns/new',
  component: lazyRouteComponent(() => import('./campaigns/list/new-campaign-page.tsx'), 'NewCampaignPage'),
});

const campaignRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/campaigns/$campaignId',
  component: lazyRouteComponent(() => import('./campaigns/draft/draft-page.tsx'), 'DraftPage'),
});

const campaignRunningRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/campaigns/$campaignId/running',
  component: lazyRouteComponent(() => import('./campaigns/running/running-page.tsx'), 'RunningPage'),
});

const recipientsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/campaigns/$campaignId/recipients',
  validateSearch: RecipientsSearchSchema,
  component: lazyRouteComponent(() => import('./campaigns/recipients/recipients-page.tsx'), 'RecipientsPage'),
});

const recipientRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/campaigns/$campaignId/recipients/$recipientId',
  component: lazyRouteComponent(() => import('./campaigns/recipients/recipient-page.tsx'), 'RecipientPage'),
});

const attemptsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/campaigns/$campaignId/attempts',
  validateSearch: AttemptsSearchSchema,
  component: lazyRouteComponent(() => import('./campaigns/attempts/attempts-page.tsx'), 'AttemptsPage'),
});

const attemptRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/campaigns/$campaignId/attempts/$attemptId',
  component: lazyRouteComponent(() => import('./campaigns/attempts/attempt-page.tsx'), 'AttemptPage'),
});

const campaignResultsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/campaigns/$campaignId/results',
  component: lazyRouteComponent(() => import('./campaigns/results/results-page.tsx'), 'ResultsPage'),
});

const resultSlipRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/result-exports/$exportId',
  component: lazyRouteComponent(() => import('./campaigns/results/slip-page.tsx'), 'SlipPage'),
});

const resultMappingsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/campaigns/$campaignId/results/mappings',
  component: lazyRouteComponent(
    () => import('./campaigns/results/mappings/mappings-page.tsx'),
    'MappingsPage',
  ),
});

const resultMappingRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/campaigns/$campaignId/results/mappings/$mappingId',
  validateSearch: z.object({
    /** Work on a copy of it. */
    copy: z.boolean().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./campaigns/results/mappings/mapping-page.tsx'), 'MappingPage'),
});

const resultTokensRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/result-tokens',
  component: lazyRouteComponent(() => import('./campaigns/results/tokens/tokens-page.tsx'), 'TokensPage'),
});

const campaignNoticeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/campaigns/$campaignId/notice',
  component: lazyRouteComponent(() => import('./campaigns/approval/notice-page.tsx'), 'NoticePage'),
});

const campaignProposalRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/campaign-proposals/$proposalId',
  component: lazyRouteComponent(
    () => import('./campaigns/approval/campaign-proposal-page.tsx'),
    'CampaignProposalPage',
  ),
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  signedInRoute.addChildren([
    homeRoute,
    liveRoute,
    inboxRoute,
    inboxItemRoute,
    callsRoute,
    storyRoute,
    citizenRoute,
    suppressionsRoute,
    campaignCostRoute,
    smsRoute,
    noteChoicesRoute,
    announcementsRoute,
    newAnnouncementRoute,
    announcementRoute,
    audioRoute,
    readingsRoute,
    usualVoiceRoute,
    numbersRoute,
    numberRoute,
    emergencyRoute,
    trunksRoute,
    newTrunkRoute,
    trunkRoute,
    outcomeTableRoute,
    flowsRoute,
    newFlowRoute,
    studioRoute,
    countsRoute,
    publishRoute,
    versionsRoute,
    approvalsRoute,
    approvalRoute,
    calendarsRoute,
    holidaysRoute,
    calendarRoute,
    campaignsRoute,
    newCampaignRoute,
    campaignRoute,
    campaignRunningRoute,
    recipientsRoute,
    recipientRoute,
    attemptsRoute,
    attemptRoute,
    campaignResultsRoute,
    resultSlipRoute,
    resultMappingsRoute,
    resultMappingRoute,
    resultTokensRoute,
    campaignNoticeRoute,
    campaignProposalRoute,
  ]),
]);

/** The page's addresses. Moving to another screen puts the focus on its heading, as a new page would. */
export function createAppRouter(queryClient: QueryClient) {
  const router = createRouter({
    routeTree,
    context: { queryClient },
    scrollRestoration: true,
    defaultPreload: 'intent',
    defaultPendingComponent: Loading,
    defaultErrorComponent: FailurePage,
  });
  router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
    if (fromLocation === undefined || !pathChanged) return;
    document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  });
  return router;
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
  interface StaticDataRouteOption {
    /** The screen stands alone, without the menu at its side. */
    readonly isWide?: boolean;
    /** The screen itself does not scroll: its parts do. */
    readonly fillsWindow?: boolean;
  }
}
