import type { Sorting } from '@/design/SortHead';
import type { EvaluationFiguresFragment } from '@/generated/graphql';

type ClassFigures = EvaluationFiguresFragment['perClass'][number];
type ClassScores = NonNullable<EvaluationFiguresFragment['scores']>['perClass'][number];

/** A class with what its labels and, where there are some, its scores tell. */
export type ClassRow = ClassFigures & Partial<Pick<ClassScores, 'rocAuc' | 'averagePrecision'>>;

export type ClassColumn =
  'label' | 'support' | 'predicted' | 'precision' | 'recall' | 'f1' | 'rocAuc' | 'averagePrecision';

interface Column {
  column: ClassColumn;
  label: string;
  number: boolean;
  hint?: string;
  /** Only there where every prediction has scores. */
  ofScores?: boolean;
}

export const CLASS_COLUMNS: readonly Column[] = [
  { column: 'label', label: 'Class', number: false },
  { column: 'support', label: 'Samples', number: true },
  { column: 'predicted', label: 'Predicted', number: true, hint: 'Samples that were predicted as this class' },
  { column: 'precision', label: 'Precision %', number: true, hint: 'Of what is called so, how much is' },
  { column: 'recall', label: 'Recall %', number: true, hint: 'Of the class, how much is found' },
  { column: 'f1', label: 'F1 %', number: true, hint: 'Harmonic mean of precision and recall' },
  { column: 'rocAuc', label: 'ROC AUC %', number: true, hint: 'Area under the ROC curve', ofScores: true },
  {
    column: 'averagePrecision',
    label: 'Avg. precision %',
    number: true,
    hint: 'Area under the precision-recall curve',
    ofScores: true,
  },
];

/** In the order of the labels unless the address says otherwise: `classes=recall.desc`. */
export function readClassSorting(params: URLSearchParams): Sorting<ClassColumn | 'given'> {
  const [by, direction] = (params.get('classes') ?? '').split('.');
  const known = CLASS_COLUMNS.find(({ column }) => column === by);
  return { by: known?.column ?? 'given', descending: direction === 'desc' };
}

export function classRows(
  { perClass, scores }: EvaluationFiguresFragment,
  { by, descending }: Sorting<ClassColumn | 'given'>,
): ClassRow[] {
  const rows = perClass.map((row, i): ClassRow => ({ ...row, ...scores?.perClass[i] }));
  if (by === 'given') return rows;
  const direction = descending ? -1 : 1;
  return rows.sort((a, b) => {
    const [x, y] = [keyOf(a, by), keyOf(b, by)];
    if (typeof x === 'string' || typeof y === 'string') return direction * String(x).localeCompare(String(y));
    // What is undefined comes last, whatever the direction.
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return direction * (x - y);
  });
}

function keyOf(row: ClassRow, by: ClassColumn): string | number | null {
  const of = row[by];
  return typeof of === 'object' ? (of.value ?? null) : (of ?? null);
}
