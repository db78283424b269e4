import type { BoardChoicesFragment, Split } from '@/generated/graphql';

export interface VersionChoice {
  id: string;
  label: string;
  splits: readonly { split: Split; samples: number }[];
}

export interface BoardChoices {
  versions: readonly VersionChoice[];
  models: readonly { value: string; label: string }[];
  restorations: readonly { value: string; label: string }[];
}

const ORDER: readonly Split[] = ['TEST', 'VALIDATION', 'TRAIN'];

/** What a board of a project can be about. */
export function choicesOf({ datasets, models, restorations }: BoardChoicesFragment): BoardChoices {
  const versions = datasets.edges.flatMap(({ node: dataset }) =>
    dataset.versions.edges.map(({ node: { id, name, classBalance } }) => {
      const samples = new Map<Split, number>();
      for (const { split, count } of classBalance) samples.set(split, (samples.get(split) ?? 0) + count);
      return {
        id,
        label: `${dataset.name}, ${name}`,
        splits: ORDER.flatMap((split) => {
          const count = samples.get(split) ?? 0;
          return count > 0 ? [{ split, samples: count }] : [];
        }),
      };
    }),
  );
  const named = ({ node }: { node: { id: string; name: string; version: number } }) => ({
    value: node.id,
    label: node.version > 1 ? `${node.name} v${node.version}` : node.name,
  });
  return { versions, models: models.edges.map(named), restorations: restorations.edges.map(named) };
}
