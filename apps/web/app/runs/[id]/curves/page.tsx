import { RunCurves } from '@/runs/RunCurves';

/** The browser reads the curves: they are drawn there alone, and grow while the run goes on. */
export default function RunCurvesRoute() {
  return <RunCurves />;
}
