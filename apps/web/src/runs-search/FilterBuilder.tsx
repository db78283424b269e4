'use client';

import { ActionIcon, Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { AboutSelect } from './AboutSelect';
import {
  filterOf,
  linesOf,
  OPERATORS,
  operatorsOf,
  searchOf,
  type About,
  type Condition,
  type Line,
  type Lines,
  type Operator,
} from './conditions';
import type { Key } from './use-keys';
import { ValueInput } from './ValueInput';

interface Props {
  projectId: string;
  known: readonly Key[];
  isComplete: boolean;
  search: string;
  setSearch: (search: string) => void;
}

const FRESH: Condition = { about: { field: 'status' }, operator: 'in', values: [] };
type Numbered = Line & { number: number };
let numbers = 0;
const numbered = (line: Line): Numbered => ({ ...line, number: numbers++ });

interface State {
  joined: Lines['joined'];
  lines: readonly Numbered[];
  /** The search that the lines are of, as long as nobody has changed them. */
  of: string | undefined;
}

function stateOf(search: string): State {
  const { joined, lines } = linesOf(search) ?? { joined: 'and', lines: [] };
  return { joined, lines: (lines.length === 0 ? [FRESH] : lines).map(numbered), of: search };
}

/** The search as lines to choose from. It edits the same search as the bar; what is not whole yet does not count. */
export function FilterBuilder({ projectId, known, isComplete, search, setSearch }: Props) {
  const [{ joined, lines, of }, setState] = useState(() => stateOf(search));
  // Until somebody changes something here, it shows what holds.
  if (of !== undefined && of !== search) setState(stateOf(search));
  const change = (next: readonly Numbered[], by = joined): void => {
    setState({ joined: by, lines: next, of: undefined });
    setSearch(searchOf({ joined: by, lines: next }));
  };
  const put = (i: number, line: Line): void => change(lines.with(i, { ...line, number: lines[i]!.number }));
  return (
    <div className="stack" style={{ gap: 10 }}>
      <div className="row spread">
        <strong style={{ fontSize: 13 }}>Runs for which</strong>
        <SegmentedControl
          size="xs"
          aria-label="How many of the conditions must hold"
          value={joined}
          onChange={(by) => change(lines, by)}
          data={[
            { value: 'and', label: 'all hold' },
            { value: 'or', label: 'one holds' },
          ]}
        />
      </div>
      <ul className="stack" style={{ gap: 6, listStyle: 'none', margin: 0, padding: 0 }}>
        {lines.map((line, i) => (
          <li key={line.number} className="row" style={{ gap: 6 }} aria-label={`Condition ${i + 1}`}>
            {'text' in line ? (
              <TextInput
                size="xs"
                aria-label="Condition in the search language"
                style={{ flex: 1 }}
                value={line.text}
                error={filterOf(line) ? undefined : 'This is no condition.'}
                onChange={(event) => put(i, { text: event.currentTarget.value })}
              />
            ) : (
              <ConditionLine
                projectId={projectId}
                known={known}
                isComplete={isComplete}
                condition={line}
                change={(condition) => put(i, condition)}
              />
            )}
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove condition ${i + 1}`}
              onClick={() => change(lines.toSpliced(i, 1))}
            >
              <IconTrash size={15} aria-hidden="true" />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <div className="row">
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={() => setState({ joined, lines: [...lines, numbered(FRESH)], of: undefined })}
        >
          Condition
        </Button>
      </div>
    </div>
  );
}

interface LineProps extends Pick<Props, 'projectId' | 'known' | 'isComplete'> {
  condition: Condition;
  change: (condition: Condition) => void;
}

function ConditionLine({ projectId, known, isComplete, condition, change }: LineProps) {
  const { about, operator } = condition;
  const setAbout = (next: About): void => {
    const operators = operatorsOf(next);
    change({ about: next, operator: operators.includes(operator) ? operator : operators[0]!, values: [] });
  };
  return (
    <>
      <AboutSelect projectId={projectId} known={known} isComplete={isComplete} about={about} setAbout={setAbout} />
      <NativeSelect
        size="xs"
        aria-label="How it is compared"
        style={{ width: 128 }}
        value={operator}
        data={operatorsOf(about).map((value) => ({ value, label: OPERATORS[value] }))}
        onChange={(event) => change({ ...condition, operator: event.currentTarget.value as Operator })}
      />
      <ValueInput
        key={JSON.stringify([about, operator.endsWith('in')])}
        projectId={projectId}
        condition={condition}
        setValues={(values) => change({ ...condition, values })}
      />
    </>
  );
}
