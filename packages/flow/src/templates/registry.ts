import { callBackTemplates } from './call-back.ts';
import { callBackCounterTemplate } from './call-back-counter.ts';
import { closedHoursTemplate } from './closed-hours.ts';
import { dueDateTemplates } from './due-date-notice.ts';
import { eligibilityTemplate } from './eligibility.ts';
import type { FlowTemplate } from './flow-template.ts';
import { healthTemplate } from './health.ts';
import { holidayCounterTemplate } from './holiday-counter.ts';
import { levyTemplate } from './levy.ts';
import { overdueTemplates } from './overdue-reminder.ts';
import { paymentConsultationTemplate } from './payment-consultation.ts';
import { stormOutageTemplate } from './storm-outage.ts';

/** Every template, in the order in which staff are offered them. A new one is one file and one line here. */
export const flowTemplates: readonly FlowTemplate[] = [
  eligibilityTemplate,
  levyTemplate,
  healthTemplate,
  paymentConsultationTemplate,
  closedHoursTemplate,
  holidayCounterTemplate,
  stormOutageTemplate,
  ...dueDateTemplates,
  ...overdueTemplates,
  ...callBackTemplates,
  callBackCounterTemplate,
];

const byId = new Map(flowTemplates.map((template) => [template.templateId, template]));

/** The template of this id, or null where there is none. */
export function flowTemplate(templateId: string): FlowTemplate | null {
  return byId.get(templateId) ?? null;
}
