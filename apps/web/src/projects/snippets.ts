import type { Snippet } from '@/design/CodeTabs';
import { shellWord } from '@/run-config/snippets';

/** What the snippets of a project are made of. */
export interface SnippetPlace {
  /** Where the API is reached; this page's address hands on to it. */
  origin: string;
  team: string;
  project: string;
  projectId: string;
  /** Whether programs need a token here. */
  needsToken: boolean;
}

/** How a program of one's own logs its first run, in each way; each works as it stands. */
export const snippetsOf = (place: SnippetPlace): Snippet[] => [
  python(place),
  typescript(place),
  shell(place),
  command(place),
];

/** As Python and TypeScript take it, both of which read JSON's strings. */
const quoted = (text: string): string => JSON.stringify(text);

const python = ({ origin, team, project, needsToken }: SnippetPlace): Snippet => ({
  label: 'Python',
  language: 'python',
  text: `# pip install <a clone of Samplewise>/packages/python-client
import samplewise

client = samplewise.Client(${quoted(origin)})${needsToken ? '  # and SAMPLEWISE_TOKEN' : ''}
experiment = client.experiment(${quoted(team === 'local' ? project : `${team}/${project}`)}, "From Python")

with client.run(experiment, name="first", params={"lr": 0.01}) as run:
    for step in range(100):
        run.log({"loss/train": 1 / (step + 1)}, step=step)

# With dataset="…" in client.experiment(…), predictions are evaluated, sample by sample:
#     run.log_predictions(sample_index, scores=probabilities, labels=class_names)`,
});

const typescript = ({ origin, team, project, projectId, needsToken }: SnippetPlace): Snippet => ({
  label: 'TypeScript',
  language: 'ts',
  text: `// In a clone of Samplewise, or with its packages/client among your workspaces
import { SamplewiseClient } from '@samplewise/client';

const client = new SamplewiseClient({ url: ${quoted(origin)}${needsToken ? ', token: process.env.SAMPLEWISE_TOKEN!' : ''} });
const change = async (name: string, input: object, fields: string) => {
  const type = name[0]!.toUpperCase() + name.slice(1);
  const data = await client.query(
    \`mutation ($input: \${type}Input!) { result: \${name}(input: $input) { ... on \${type}Payload { \${fields} } } }\`,
    { input },
  );
  return (data as { result: Record<string, { id: string }> }).result;
};

// ${team}/${project}
const { experiment } = await change('createExperiment', { projectId: ${quoted(projectId)}, name: 'From TypeScript' }, 'experiment { id }');
const { run } = await change('createRun', { experimentId: experiment!.id, name: 'first', params: { lr: 0.01 } }, 'run { id }');
const steps = Array.from({ length: 100 }, (_, i) => i);
const loss = { key: 'loss/train', steps, values: steps.map((step) => 1 / (step + 1)) };
await change('logMetrics', { runId: run!.id, series: [loss] }, 'run { id }');
await change('finishRun', { runId: run!.id }, 'run { id }');`,
});

const shell = ({ origin, projectId, needsToken }: SnippetPlace): Snippet => ({
  label: 'GraphQL',
  language: 'sh',
  text: `ask() {
  curl -sS ${shellWord(`${origin}/graphql`)} -H 'content-type: application/json'${needsToken ? ' -H "authorization: Bearer $SAMPLEWISE_TOKEN"' : ''} -d "$1"
}

experiment=$(ask '{"query": "mutation { createExperiment(input: {projectId: \\"${projectId}\\", name: \\"From the shell\\"}) { ... on CreateExperimentPayload { experiment { id } } } }"}' | grep -o 'Experiment_[0-9]*')
run=$(ask '{"query": "mutation { createRun(input: {experimentId: \\"'$experiment'\\", name: \\"first\\", params: {lr: 0.01}}) { ... on CreateRunPayload { run { id } } } }"}' | grep -o 'Run_[0-9]*')
ask '{"query": "mutation { logMetrics(input: {runId: \\"'$run'\\", series: [{key: \\"loss/train\\", steps: [0, 1, 2], values: [1, 0.5, 0.33]}]}) { __typename } }"}'
ask '{"query": "mutation { finishRun(input: {runId: \\"'$run'\\"}) { __typename } }"}'`,
});

const command = ({ origin, team, project, needsToken }: SnippetPlace): Snippet => {
  const where = `--project ${shellWord(project)}${team === 'local' ? '' : ` --team ${shellWord(team)}`}`;
  return {
    label: 'Command line',
    language: 'sh',
    text: `# In a clone of Samplewise
export SAMPLEWISE_URL=${shellWord(origin)}${needsToken ? '\nexport SAMPLEWISE_TOKEN=…   # see below' : ''}

npx samplewise datasets import faces/ ${where} --dataset Faces --version v1   # folders by class, or a CSV
npx samplewise models add clip-vit-b-32 ${where}                          # samplewise models presets lists others
npx samplewise experiments create ${where} --name 'Which is better?' \\
  --dataset Faces --split TEST --model clip-vit-b-32 --restoration none
npx samplewise runs list ${where} --search finished`,
  };
};
