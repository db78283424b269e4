'use client';

import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { bareId } from '@/design/format';
import { ProblemNote } from '@/design/ProblemNote';
import { tellDone } from '@/design/tell';
import { ConfigFields } from '@/forms/ConfigFields';
import { JsonEditor } from '@/forms/JsonEditor';
import { getAt, isObject, setAt, type Draft } from '@/forms/paths';
import { problemAt, problemsElsewhere, unanswered } from '@/forms/problems';
import { useProblemFocus } from '@/forms/use-problem-focus';
import type { PresetCardFragment, ProblemFragment } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { TryPanel } from '@/trials/TryPanel';
import { filesOfDraft, withExternalFiles, withFile } from './files-of-draft';
import { fieldsOf } from './model-fields';
import { ModelFileField, type InspectedFile } from './ModelFileField';
import { SeveralFiles } from './SeveralFiles';
import { CreateModel, PresetSpec } from './new-model.documents';

interface Props {
  projectId: string;
  start: { name: string; draft: Draft };
  preset?: PresetCardFragment;
  /** Classes of the project's datasets. */
  classes: readonly { id: string; name: string; labels: readonly string[] }[];
}

const PLACE = 'input.spec';

/** Describes a model: its files, its classes, its preparation; each field with what the API says of it. */
export function NewModelForm({ projectId, start, preset, classes }: Props) {
  const router = useRouter();
  const [name, setName] = useState(start.name);
  const [draft, setDraft] = useState(start.draft);
  const [counted, setCounted] = useState<number>();
  const [problems, setProblems] = useState<readonly ProblemFragment[]>([]);
  const [working, setWorking] = useState(false);
  const [given, setGiven] = useState<ReadonlyMap<string, File>>(new Map());
  const form = useProblemFocus(problems);
  const files = filesOfDraft(draft);
  const groups = fieldsOf(draft.kind, getAt(draft, 'runtime.type'));
  const isWhole = files.every(({ digest }) => digest !== undefined);
  const labels = Array.isArray(draft.labels) ? draft.labels.length : 0;
  const shown = [
    'input.name',
    ...files.map(({ place }) => `${PLACE}.${place}`),
    ...groups.flatMap(({ fields }) => fields.map(({ path }) => `${PLACE}.${path}`)),
  ];

  const takeLabels = async (chosen: readonly string[]): Promise<void> => {
    setDraft((now) => ({ ...now, labels: [...chosen] }));
    if (!preset) return;
    // Words, synonyms and the like follow from the classes.
    const { data } = await browserClient()
      .query(PresetSpec, { name: preset.name, labels: [...chosen], files: [] })
      .toPromise();
    const spec = data?.presets[0]?.spec;
    if (!isObject(spec)) return;
    setDraft((now) =>
      ['words', 'synonyms'].reduce((next, key) => (key in spec ? setAt(next, key, spec[key]) : next), now),
    );
  };

  const inspected = (place: string, digest: string, found: InspectedFile | undefined): void => {
    setProblems([]);
    setDraft((now) => {
      const next = withExternalFiles(withFile(now, place, digest), place, found?.graph?.externalFiles ?? []);
      // What a preset says is known better than what can be read off a file.
      return preset || now.kind !== 'onnx-classifier' ? next : filledIn(next, found);
    });
    if (place === 'weights') setCounted(found?.classes ?? undefined);
  };

  const submit = async (): Promise<void> => {
    setWorking(true);
    const input = { projectId, name, spec: draft };
    const { data, error } = await browserClient().mutation(CreateModel, { input }).toPromise();
    setWorking(false);
    const result = data?.result;
    if (result?.__typename !== 'CreateModelConfigPayload') {
      setProblems(result?.problems ?? [unanswered(error?.message)]);
      return;
    }
    const { id, version } = result.modelConfig;
    tellDone(result.created ? `${name} is registered as version ${version}.` : `${name} has this version already.`);
    router.push(`/models/${bareId(id)}`);
  };

  return (
    <div className="form-beside">
      <form
        ref={form}
        className="panel stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {problemsElsewhere(problems, shown).map((problem) => (
          <ProblemNote key={`${problem.place} ${problem.message}`} title="It was not registered" problem={problem} />
        ))}
        <TextInput
          label="Name"
          description="A name that is there already gets a new version."
          required
          maxLength={120}
          value={name}
          error={problemAt(problems, 'input.name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {files.length > 2 && <SeveralFiles files={files} choose={setGiven} />}
        {files.map((file, i) => (
          <ModelFileField
            key={file.place}
            projectId={projectId}
            file={file}
            preset={preset?.files[i]}
            error={problemAt(problems, `${PLACE}.${file.place}`, true)}
            given={given.get(file.place)}
            inspected={(digest, found) => inspected(file.place, digest, found)}
          />
        ))}
        {classes.length > 0 && (
          <NativeSelect
            label="Take the classes of"
            description="They must be the dataset's, in any order; yours must be in the order of the model's outputs."
            value=""
            data={[
              { value: '', label: 'a dataset …' },
              ...classes.map(({ id, name: dataset, labels: all }) => ({
                value: id,
                label: `${dataset} (${all.length})`,
              })),
            ]}
            onChange={(event) => {
              const chosen = classes.find(({ id }) => id === event.currentTarget.value);
              if (chosen) void takeLabels(chosen.labels);
            }}
          />
        )}
        {counted !== undefined && counted !== labels && (
          <p className="muted" style={{ margin: 0 }}>
            The file gives {counted} numbers for a picture; {labels} {labels === 1 ? 'class is' : 'classes are'} named.
          </p>
        )}
        <ConfigFields groups={groups} draft={draft} change={setDraft} problems={problems} place={PLACE} />
        <JsonEditor value={draft} change={setDraft} accepts={isObject} what="an object" />
        <div className="row">
          <Button type="submit" loading={working} disabled={!isWhole}>
            Register
          </Button>
          {!isWhole && <span className="muted">Its files come first.</span>}
        </div>
      </form>
      {draft.kind !== 'external' && (
        <section className="panel stack" style={{ gap: 14 }} aria-labelledby="try">
          <h2 id="try">Try it before</h2>
          <TryPanel
            projectId={projectId}
            tried={isWhole ? { model: draft } : undefined}
            waitingFor="When its files are here, it can be tried on a picture."
            again
          />
        </section>
      )}
    </div>
  );
}

/** What the file tells, where nothing is said yet. */
function filledIn(draft: Draft, found: InspectedFile | undefined): Draft {
  if (!found) return draft;
  const told = { input: found.input, output: found.output };
  return Object.entries(told).reduce((next, [part, values]) => {
    if (!isObject(values)) return next;
    return Object.entries(values).reduce((filled, [key, value]) => {
      const path = `${part}.${key}`;
      return getAt(filled, path) === undefined ? setAt(filled, path, value) : filled;
    }, next);
  }, draft);
}
