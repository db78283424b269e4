import type { NextConfig } from 'next';
import path from 'node:path';

const config: NextConfig = {
  turbopack: {
    // The workspace's root: packages are hoisted there.
    root: path.resolve(import.meta.dirname, '../..'),
    rules: {
      '*.{ts,tsx}': {
        condition: { all: [{ not: 'foreign' }, { content: /\bgraphql\(\s*`/ }] },
        // Each script carries the documents of its own components.
        loaders: [path.join(import.meta.dirname, 'documents-loader.cjs')],
      },
    },
  },
  typescript: { ignoreBuildErrors: true }, // checked by `npm test`, once
  poweredByHeader: false,
  experimental: { optimizePackageImports: ['@mantine/core', '@mantine/hooks'] },
};

export default config;
