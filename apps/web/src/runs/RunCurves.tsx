'use client';

import { useMemo } from 'react';
import { placeOf } from '@/charts/palette';
import { CurvesPanel } from '@/curves/CurvesPanel';
import { Empty } from '@/design/Empty';
import { isOpen, useRun } from './RunContext';

/** What the run has logged over its steps, and how its machine did meanwhile. */
export function RunCurves() {
  const { run, framed } = useRun();
  const { id, name } = run;
  const place = placeOf(framed.modelConfig?.id ?? id);
  const runs = useMemo(() => [{ id, name, place }], [id, name, place]);
  const live = isOpen(run);
  return (
    <div className="stack" style={{ gap: 28 }}>
      <CurvesPanel runs={runs} live={live}>
        <Empty title="No curves.">
          A metric that is logged at more than one step becomes one:{' '}
          <code>run.log(&#123;&quot;loss&quot;: loss&#125;, step=step)</code> in Python, <code>logMetrics</code>{' '}
          elsewhere.
        </Empty>
      </CurvesPanel>
      <CurvesPanel runs={runs} live={live} kind="SYSTEM" title="The machine" />
    </div>
  );
}
