/** The rules of the house (docs/architecture.md): who may import whom. */
const room = (name) => `^packages/server/src/${name}/`;

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'flow-imports-nothing-of-ours',
      severity: 'error',
      from: { path: '^packages/flow/' },
      to: { path: '^(packages/(server|web)|telephony|tests|demo|bench)/' },
    },
    {
      name: 'flow-is-pure',
      severity: 'error',
      from: { path: '^packages/flow/src/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'web-sees-only-flow-and-the-contract',
      severity: 'error',
      from: { path: '^packages/web/src/' },
      to: { path: '^(packages/server/(?!src/http/[a-z-]*contract\\.ts)|telephony/)' },
    },
    {
      name: 'line-speech-sms-know-no-business',
      severity: 'error',
      from: { path: '^packages/server/src/(line|speech|sms)/', pathNot: '(\\.test\\.ts|routes\\.ts)$' },
      to: { path: '^packages/server/src/(calls|campaigns|reports|accounts|inbox|numbers|emergency|http)/' },
    },
    ...[
      'line',
      'speech',
      'sms',
      'calls',
      'accounts',
      'calendars',
      'inbox',
      'announcements',
      'numbers',
      'emergency',
      'campaigns',
      'database',
      'operations',
      'http',
    ].map((name) => ({
      name: `${name}-is-entered-by-its-index`,
      severity: 'error',
      from: {
        path: '^packages/server/src/',
        pathNot: [room(name), '\\.test\\.ts$', '/test-[a-z-]+\\.ts$'],
      },
      to: {
        path: room(name),
        pathNot: [
          '/index\\.ts$',
          '/[a-z-]*contract\\.ts$',
          // They know nothing but Zod: contracts repeat them to the browser.
          '^packages/server/src/campaigns/(words|settings)\\.ts$',
          '/tables\\.ts$',
          '/test-database\\.ts$',
          '/routes\\.ts$',
          '/port\\.ts$',
          '/embedded\\.ts$',
          // As the words of campaigns: schemas, and what is given by them, and nothing else.
          '^packages/server/src/campaigns/(caps/contact-caps|cost/(budget|rate)|pacing/(outcome-of|default-outcome-table|after-outcome-defaults))\\.ts$',
        ],
      },
    })),
    {
      name: 'only-main-knows-everybody',
      severity: 'error',
      from: { path: '^packages/server/src/(?!main\\.ts|main/|operations/)' },
      to: { path: '^packages/server/src/(main\\.ts|operations/)' },
    },
    {
      name: 'tests-stay-outside',
      severity: 'error',
      from: {
        pathNot:
          '(\\.test\\.ts|/test-[a-z-]+\\.ts)$|^(tests|demo|bench|checks)/|vitest.config.ts|/development/',
      },
      to: { path: '\\.test\\.ts$|^(tests|bench)/' },
    },
    {
      name: 'no-unlisted-package',
      severity: 'error',
      from: { path: '^(packages|telephony)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(node_modules|dist|test-output)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
