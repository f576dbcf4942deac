import type { HttpsSettings, JsonTemplate } from './settings.ts';

/** What may be filled in; a name that is not here stays as it is written. */
export type Values = Readonly<Record<string, string>>;

export function fill(template: string, values: Values): string {
  return template.replaceAll(/\{(\w+)\}/g, (written, name: string) => values[name] ?? written);
}

/** Every value is escaped, so that none can change the path or the query. */
export function fillUrl(template: string, values: Values): URL {
  const escaped = Object.entries(values).map(([name, value]) => [name, encodeURIComponent(value)] as const);
  // A URL written with braces comes back from URL() with them escaped in its path: filled in first.
  return new URL(fill(template, Object.fromEntries(escaped)));
}

export function fillHeaders(
  templates: Readonly<Record<string, string>>,
  values: Values,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(templates).map(([name, template]) => [name, fill(template, values)]),
  );
}

export function fillBody(
  body: HttpsSettings['body'],
  values: Values,
): { readonly contentType: string; readonly octets: Buffer } | null {
  switch (body.format) {
    case 'none':
      return null;
    case 'json':
      return {
        contentType: 'application/json; charset=utf-8',
        octets: Buffer.from(JSON.stringify(fillJson(body.template, values))),
      };
    case 'form':
      return {
        contentType: 'application/x-www-form-urlencoded; charset=utf-8',
        octets: Buffer.from(new URLSearchParams(fillHeaders(body.fields, values)).toString()),
      };
  }
}

function fillJson(template: JsonTemplate, values: Values): JsonTemplate {
  if (typeof template === 'string') return fill(template, values);
  if (template === null || typeof template !== 'object') return template;
  if (isList(template)) return template.map((each) => fillJson(each, values));
  return Object.fromEntries(Object.entries(template).map(([key, each]) => [key, fillJson(each, values)]));
}

/** `Array.isArray` does not narrow a readonly array. */
function isList(template: object): template is readonly JsonTemplate[] {
  return Array.isArray(template);
}
