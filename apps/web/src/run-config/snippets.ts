import type { RunSetupFragment } from '@/generated/graphql';

/** How a run is made again, in one way. */
export interface Snippet {
  label: string;
  language: string;
  text: string;
}

/** As a shell takes it for one word, whatever is in it. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** As Python and TypeScript take it, both of which read JSON's strings. */
const quoted = (text: string): string => JSON.stringify(text);

/** How to make the run again from the command line, from programs, and through the API. */
export function snippetsOf(run: RunSetupFragment): Snippet[] {
  return run.source === 'EXECUTOR' ? ofExecutor(run) : ofClient(run);
}

function ofExecutor(run: RunSetupFragment): Snippet[] {
  const { experiment, modelConfig: model, restorationConfig: restoration, seed } = run;
  const { project, datasetVersion: version, split } = experiment;
  const plan = [
    `modelConfigIds: [${quoted(model?.id ?? '')}]`,
    `restorationConfigIds: [${quoted(restoration?.id ?? '')}]`,
    `seeds: [${seed}]`,
  ].join(', ');
  const options = [
    ['--project', project.slug],
    ...(project.team.slug === 'local' ? [] : [['--team', project.team.slug]]),
    ['--name', `${run.name}, again`],
    ['--dataset', version?.dataset.name ?? ''],
    ['--version', version?.name ?? ''],
    ...(split ? [['--split', split]] : []),
    ['--model', `${model?.name ?? ''}@${model?.version ?? ''}`],
    ['--restoration', `${restoration?.name ?? ''}@${restoration?.version ?? ''}`],
    ['--seed', String(seed)],
  ].map(([name, value]) => `${name!} ${shellWord(value!)}`);
  return [
    {
      label: 'Command line',
      language: 'sh',
      text: `samplewise experiments create ${options.join(' \\\n  ')}\nsamplewise experiments run <the id that it prints>`,
    },
    {
      label: 'TypeScript',
      language: 'ts',
      text: `import { SamplewiseClient } from '@samplewise/client';

const client = new SamplewiseClient(); // SAMPLEWISE_URL, SAMPLEWISE_TOKEN
const [run] = await client.queueRuns(${quoted(experiment.id)}, { ${plan} });
console.log(await client.waitForRun(run.id));`,
    },
    {
      label: 'Python',
      language: 'python',
      text: `import json, os, urllib.request

query = ${quoted(cloneOf(run).replace(/\s+/g, ' '))}
request = urllib.request.Request(
    os.environ.get("SAMPLEWISE_URL", "http://127.0.0.1:4000") + "/graphql",
    json.dumps({"query": query}).encode(),
    {"Content-Type": "application/json", "Authorization": "Bearer " + os.environ.get("SAMPLEWISE_TOKEN", "")},
)
print(json.load(urllib.request.urlopen(request)))`,
    },
    graphqlOf(run),
  ];
}

function ofClient(run: RunSetupFragment): Snippet[] {
  const { experiment, params, name, seed, machine, git } = run;
  const { project, datasetVersion: version, split } = experiment;
  const shown = Object.fromEntries(params.map(({ key, value }) => [key, value]));
  const checkout = git?.commit == null ? [] : [`git checkout ${shellWord(git.commit)}`];
  const command = machine?.command == null ? [] : [machine.command];
  const lines = [...checkout, ...command];
  return [
    ...(lines.length > 0 ? [{ label: 'Command line', language: 'sh', text: lines.join('\n') }] : []),
    {
      label: 'Python',
      language: 'python',
      text: `import samplewise

client = samplewise.Client()  # SAMPLEWISE_URL, SAMPLEWISE_TOKEN
experiment = client.experiment(${[
        quoted(project.team.slug === 'local' ? project.slug : `${project.team.slug}/${project.slug}`),
        quoted(experiment.name),
        ...(version ? [`dataset=${quoted(version.dataset.name)}`, `version=${quoted(version.name)}`] : []),
        ...(split ? [`split=${quoted(split)}`] : []),
      ].join(', ')})
with client.run(experiment, name=${quoted(name)}, seed=${seed}, params=${JSON.stringify(shown, null, 4)}) as run:
    ...`,
    },
    graphqlOf(run),
  ];
}

const cloneOf = ({ id, seed }: RunSetupFragment): string => `mutation {
  cloneRun(input: { runId: ${quoted(id)}, seed: ${seed} }) {
    ... on CloneRunPayload { run { id } }
    ... on InvalidInputError { problems { place message mend } }
  }
}`;

const graphqlOf = (run: RunSetupFragment): Snippet => ({ label: 'GraphQL', language: 'graphql', text: cloneOf(run) });
