import { duration, bareId } from '@/design/format';
import type { ComparedRunFragment } from '@/generated/graphql';

/** What a run was made with, by name. */
function settingsOf(run: ComparedRunFragment): Map<string, string> {
  const { modelConfig: model, restorationConfig: restoration, seed, params, phaseCosts } = run;
  return new Map([
    ['model', model ? `${model.name}, version ${model.version}` : '–'],
    ['restoration', restoration ? `${restoration.name}, version ${restoration.version}` : '–'],
    ['seed', String(seed)],
    ...params.map(({ key, value }) => [key, value] as const),
    ...phaseCosts.map(
      ({ phase, wallSeconds }) => [`${phase.toLowerCase()}, wall time`, duration(wallSeconds)] as const,
    ),
  ]);
}

/** Only what is not the same in all runs. */
export function SettingsDifference({ runs }: { runs: readonly ComparedRunFragment[] }) {
  const settings = runs.map(settingsOf);
  const keys = [...new Set(settings.flatMap((of) => [...of.keys()]))];
  const differing = keys.filter((key) => new Set(settings.map((of) => of.get(key))).size > 1);
  if (differing.length === 0) return <p className="muted">The runs were made with the same settings.</p>;
  return (
    <div className="scroll">
      <table className="data" aria-label="Settings that differ">
        <thead>
          <tr>
            <th scope="col">Setting</th>
            {runs.map((run) => (
              <th key={run.id} scope="col">
                #{bareId(run.id)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {differing.map((key) => (
            <tr key={key}>
              <td>{key}</td>
              {settings.map((of, i) => (
                <td key={runs[i]!.id} style={{ overflowWrap: 'anywhere', minWidth: 130 }}>
                  {of.get(key) ?? '–'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted" style={{ fontSize: 12.5, margin: '8px 10px 0' }}>
        {keys.length - differing.length} more are the same in all.
      </p>
    </div>
  );
}
