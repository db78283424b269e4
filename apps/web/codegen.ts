import type { CodegenConfig } from '@graphql-codegen/cli';
import path from 'node:path';

/** Types of the page's documents, from the schema that the API prints. */
const config: CodegenConfig = {
  schema: path.join(import.meta.dirname, '../api/schema.graphql'),
  documents: [path.join(import.meta.dirname, 'src/**/*.{ts,tsx}'), path.join(import.meta.dirname, 'app/**/*.tsx')],
  ignoreNoDocuments: true,
  silent: true,
  generates: {
    [`${path.join(import.meta.dirname, 'src/generated')}/`]: {
      preset: 'client',
      // persisted-documents.json holds the operations by their SHA-256, for the API; each document knows its own.
      presetConfig: { fragmentMasking: false, persistedDocuments: { hashAlgorithm: 'sha256' } },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        scalars: {
          DateTime: 'string',
          JSON: 'unknown',
          BigInt: 'string',
          NumberList: '(number | string)[]',
          MetricValue: 'number | string',
        },
      },
    },
  },
};

export default config;
