// Which part may import which: the layers of the house, read from its sources. A part reaches another through its
// package name, which npm links to the part's folder; dependency-cruiser follows the link, so that rules are about folders.

const PARTS = {
  'packages/domain': [],
  'packages/evaluation': [],
  'packages/reports': ['packages/domain'],
  'packages/studies': ['packages/domain'],
  'packages/storage': ['packages/domain'],
  'packages/onnx': ['packages/domain'],
  'packages/database': ['packages/domain'],
  'packages/datasets': ['packages/database', 'packages/storage', 'packages/evaluation', 'packages/domain'],
  'packages/executor': [
    'packages/datasets',
    'packages/database',
    'packages/storage',
    'packages/onnx',
    'packages/evaluation',
    'packages/domain',
  ],
  'packages/client': ['packages/studies', 'packages/onnx', 'packages/domain'],
  'packages/demo': ['packages/client', 'packages/studies', 'packages/domain'],
  // The API and the executor meet in the queue of the database, nowhere else.
  'apps/api': [
    'packages/database',
    'packages/storage',
    'packages/onnx',
    'packages/evaluation',
    'packages/reports',
    'packages/studies',
    'packages/domain',
  ],
  // The page talks GraphQL; its types are generated from the schema. Searches it reads as the API does, while they are typed.
  'apps/web': ['packages/domain/src/search'],
};

/** Only the sources: a part's tests may use its neighbours to set a scene. */
const directions = Object.entries(PARTS).map(([part, allowed]) => ({
  name: `direction-of-${part.replace('/', '-')}`,
  comment: `${part} may import ${allowed.length > 0 ? allowed.join(', ') : 'no other part'}.`,
  severity: 'error',
  from: { path: `^${part}/`, pathNot: `^${part}/(test|bench)/` },
  to: { path: '^(packages|apps|scripts|test)/', pathNot: [part, ...allowed].map((name) => `^${name}/`) },
}));

/** Node's own modules that reach out of the process. `path`, `crypto` and their like compute. */
const INPUT_AND_OUTPUT =
  '^(node:)?(fs|net|http|https|http2|child_process|cluster|dgram|dns|tls|worker_threads|readline|repl|inspector|os|process)(/|$)';

module.exports = {
  forbidden: [
    ...directions,
    {
      name: 'pure-parts',
      comment: 'The vocabulary and the statistics do no input or output.',
      severity: 'error',
      from: { path: '^packages/(domain|evaluation|reports)/src/' },
      to: { dependencyTypes: ['core'], path: INPUT_AND_OUTPUT },
    },
    {
      name: 'own-entrance',
      comment: 'A part is imported by its package name, never by a path into its folder.',
      severity: 'error',
      from: { path: '^(packages|apps)/([^/]+)/(src|app)/' },
      to: { path: '^(packages|apps)/', pathNot: '^$1/$2/', dependencyTypes: ['local'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { pathNot: '/generated/' },
      to: { circular: true, viaOnly: { pathNot: '/generated/', dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nobody imports and that starts nothing is a leftover.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '\\.d\\.ts$',
          '\\.config\\.(ts|js|mjs|cjs)$',
          '/generated/',
          '\\.test\\.tsx?$',
          // loaded by name rather than by import
          '^scripts/(bootstrap\\.cjs|start/exit-with-parent\\.ts|prisma-schema-engine\\.mjs)$',
          '^apps/web/(codegen\\.ts|app/)',
        ],
      },
      to: {},
    },
    {
      name: 'resolved',
      comment: 'An import that leads nowhere can not be judged by the other rules.',
      // The first is Next's own, the second has nothing but types.
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(server-only|@graphql-typed-document-node/core)$' },
    },
    {
      name: 'no-test-in-source',
      severity: 'error',
      from: { path: '/src/' },
      to: { path: '(/test/|\\.test\\.tsx?$)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.next|\\.samplewise|box|golden)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.cjs', '.mjs', '.json'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
