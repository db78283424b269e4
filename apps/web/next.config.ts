import type { NextConfig } from 'next';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Its own text is among its options, so that a change of it is a reason to build again. */
const loader = path.join(import.meta.dirname, 'documents-loader.cjs');
const documentsLoader = { loader, options: { source: readFileSync(loader, 'utf8') } };

const config: NextConfig = {
  turbopack: {
    // The workspace's root: packages are hoisted there.
    root: path.resolve(import.meta.dirname, '../..'),
    rules: {
      '*.{ts,tsx}': {
        condition: { all: [{ not: 'foreign' }, { content: /\bgraphql\(\s*`/ }] },
        // Each script carries the documents of its own components.
        loaders: [documentsLoader],
      },
    },
  },
  typescript: { ignoreBuildErrors: true }, // checked by `npm test`, once
  poweredByHeader: false,
  experimental: { optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@mantine/notifications'] },
};

export default config;
