'use client';

import 'graphiql/setup-workers/webpack';
import 'graphiql/style.css';
import { useComputedColorScheme } from '@mantine/core';
import { GraphiQL } from 'graphiql';
import { useState } from 'react';
import { EXAMPLES, type Example } from './examples';
import { makeFetcher } from './fetcher';

/** Where GraphiQL keeps its tabs. */
const TABS = 'graphiql:tabState';

/**
 * GraphiQL on this page's own address; what was typed before stays in the browser.
 * @param asked by a link: shown in a tab of its own, and not run
 */
export default function Explorer({ asked }: { asked: Example | undefined }) {
  const [fetcher] = useState(makeFetcher);
  const [tabs] = useState(() => [...(asked ? [asked] : []), ...EXAMPLES]);
  // GraphiQL fills its editors from the storage or from here, and from its first tab only in part.
  const [initial] = useState(() => asked ?? (localStorage.getItem(TABS) === null ? tabs[0] : undefined));
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  return (
    <GraphiQL
      fetcher={fetcher}
      forcedTheme={scheme}
      defaultTabs={tabs}
      defaultEditorToolsVisibility="variables"
      {...(initial && { initialQuery: initial.query, initialVariables: initial.variables ?? '' })}
    >
      <GraphiQL.Logo>{null}</GraphiQL.Logo>
    </GraphiQL>
  );
}
