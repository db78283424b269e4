import type { KnipConfig } from 'knip';

export default {
  workspaces: {
    '.': {
      // Started by name: by npm, by the supervisor, by Prisma.
      entry: [
        'scripts/start.ts',
        'scripts/test.ts',
        'scripts/prove-image.ts',
        'scripts/bench.ts',
        'scripts/fuzz.ts',
        'scripts/generate.ts',
        'scripts/start/exit-with-parent.ts',
        'scripts/prisma-schema-engine.mjs',
      ],
      project: ['scripts/**/*.{ts,cjs,mjs}'],
      ignoreBinaries: ['du'],
      ignoreDependencies: [
        // Commands that scripts/test/checks.ts starts by their files.
        'dclint',
        'dependency-cruiser',
        'prettier',
        // A generator that prisma/schema.prisma names; it comes with @pothos/plugin-prisma.
        'prisma-pothos-types',
        // React's types refer to them.
        '@types/react-dom',
      ],
    },
    test: {
      entry: ['{integration,end-to-end}/**/*.test.ts', 'setup/postgres.ts'],
      project: ['**/*.ts'],
      // Its path is resolved, to be loaded into a page.
      ignoreDependencies: ['axe-core'],
    },
    'packages/*': {
      // A `main` is a process of its own.
      entry: ['src/**/*main.ts', 'test/**/*.test.ts', 'test/**/*-worker.ts', '{bench,scripts}/*.ts'],
      project: ['{src,test,bench,scripts}/**/*.ts'],
    },
    'packages/database': {
      entry: ['src/*-main.ts', 'test/**/*.test.ts'],
      project: ['{src,test}/**/*.ts'],
      // Imported by the generated client.
      ignoreDependencies: ['@prisma/client'],
    },
    'apps/api': {
      entry: ['src/main.ts', 'src/print-schema.ts', 'src/schema-checks/*.ts', 'test/**/*.test.ts'],
      project: ['{src,test}/**/*.ts'],
    },
    'apps/web': {
      // GraphQL Code Generator reads the documents, and whole fragments serve it alone.
      entry: ['test/**/*.test.{ts,tsx}', 'src/**/{documents,*.graphql}.ts'],
      project: ['{app,src,test}/**/*.{ts,tsx}', '*.ts'],
      ignoreDependencies: [
        // Imported by the generated documents.
        '@graphql-typed-document-node/core',
        // Its files are named by their paths, in src/theme.
        '@fontsource-variable/inter',
      ],
    },
  },
  ignoreFiles: ['**/generated/**'],
  ignoreExportsUsedInFile: true,
} satisfies KnipConfig;
