import { KINDS } from '@/models/kinds';
import type { PlannableModelFragment, PlannableRestorationFragment } from '@/generated/graphql';
import type { Choice } from './ChoiceList';

const named = ({ name, version }: { name: string; version: number }): string =>
  version > 1 ? `${name}, version ${version}` : name;

/** @param labels of the samples; a model must tell the same classes apart */
export const modelChoices = (
  models: readonly PlannableModelFragment[],
  labels: readonly string[] | undefined,
): Choice[] =>
  models.map((model) => ({
    id: model.id,
    name: named(model),
    about: KINDS[model.kind],
    flaw: flawOf(model, labels),
  }));

function flawOf(
  { kind, labels: its }: PlannableModelFragment,
  labels: readonly string[] | undefined,
): string | undefined {
  if (kind === 'EXTERNAL') return 'External: no executor runs it.';
  if (!labels) return undefined;
  const [lacking] = labels.filter((label) => !its.includes(label));
  if (lacking !== undefined) return `It does not know the class ‘${lacking}’.`;
  return its.length > labels.length ? `It has ${its.length} classes, the samples ${labels.length}.` : undefined;
}

export const restorationChoices = (restorations: readonly PlannableRestorationFragment[]): Choice[] =>
  restorations.map((restoration) => ({
    id: restoration.id,
    name: named(restoration),
    about: restoration.stages.length === 0 ? 'as they are' : restoration.stages.map(({ title }) => title).join(' → '),
  }));
