import type {
  BoardHeadFragment,
  CreateLeaderboardInput,
  RankDirection,
  RunSource,
  Split,
  Visibility,
} from '@/generated/graphql';

/** A board's rule as the form holds it. */
export interface BoardDraft {
  name: string;
  description: string;
  datasetVersionId: string;
  /** Empty: all samples. */
  split: Split | '';
  metric: string;
  direction: RankDirection;
  tieBreaks: readonly string[];
  entryPer: 'RUN' | 'MODEL_CONFIG';
  pick: 'LATEST' | 'BEST';
  models: readonly string[];
  restorations: readonly string[];
  sources: readonly RunSource[];
  /** `key` or `key=value`. */
  tags: readonly string[];
  costs: readonly string[];
  visibility: Visibility;
  excludeLeaks: boolean;
}

export const EMPTY_DRAFT: BoardDraft = {
  name: '',
  description: '',
  datasetVersionId: '',
  split: '',
  metric: 'accuracy',
  direction: 'HIGHER',
  tieBreaks: [],
  entryPer: 'RUN',
  pick: 'LATEST',
  models: [],
  restorations: [],
  sources: [],
  tags: [],
  costs: ['latencyP50Milliseconds'],
  visibility: 'TEAM',
  excludeLeaks: false,
};

export const isLogged = (figure: string): boolean => figure.startsWith('logged:');

/** What the form begins with where a board is changed. */
export function draftOf(board: BoardHeadFragment): BoardDraft {
  const filter = board.filter as Readonly<Record<string, unknown>>;
  const list = (name: string): readonly string[] => (Array.isArray(filter[name]) ? (filter[name] as string[]) : []);
  const tags = (filter.tags ?? []) as readonly { key: string; value?: string }[];
  const { name, description, metric, direction, entryPer, pick, costs, visibility, excludeLeaks } = board;
  return {
    name,
    description,
    metric,
    direction,
    entryPer,
    pick,
    costs,
    visibility,
    excludeLeaks,
    datasetVersionId: board.datasetVersion.id,
    split: board.split ?? '',
    tieBreaks: board.tieBreaks.map(({ by }) => by),
    models: list('modelConfigIds').map((id) => `ModelConfig_${id}`),
    restorations: list('restorationConfigIds').map((id) => `RestorationConfig_${id}`),
    sources: list('sources') as RunSource[],
    tags: tags.map(({ key, value }) => (value === undefined ? key : `${key}=${value}`)),
  };
}

type Rule = Omit<CreateLeaderboardInput, 'projectId' | 'datasetVersionId' | 'split'>;

/** The rule as the API takes it. @param kept of a board that is there: what the form does not show */
export function ruleOf(draft: BoardDraft, kept: { experimentIds?: readonly string[] } = {}): Rule {
  const { name, description, metric, entryPer, pick, costs, visibility, excludeLeaks } = draft;
  const { models, restorations, sources, tags } = draft;
  return {
    name,
    description,
    metric,
    entryPer,
    pick,
    visibility,
    excludeLeaks,
    costs: [...costs],
    ...(isLogged(metric) && { direction: draft.direction }),
    tieBreaks: draft.tieBreaks.map((by) => ({ by })),
    filter: {
      ...(kept.experimentIds && { experimentIds: [...kept.experimentIds] }),
      ...(models.length > 0 && { modelConfigIds: [...models] }),
      ...(restorations.length > 0 && { restorationConfigIds: [...restorations] }),
      ...(sources.length > 0 && { sources: [...sources] }),
      ...(tags.length > 0 && { tags: tags.map(tagOf) }),
    },
  };
}

function tagOf(text: string): { key: string; value?: string } {
  const at = text.indexOf('=');
  return at < 0 ? { key: text } : { key: text.slice(0, at), value: text.slice(at + 1) };
}

/** Experiments to which a board is bound, as ids. */
export function experimentsOf(board: BoardHeadFragment): { experimentIds?: readonly string[] } {
  const { experimentIds } = board.filter as { experimentIds?: readonly string[] };
  return experimentIds ? { experimentIds: experimentIds.map((id) => `Experiment_${id}`) } : {};
}
