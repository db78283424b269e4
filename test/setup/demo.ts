import type { SamplewiseClient } from '@samplewise/client';
import { seed } from '@samplewise/demo';
import { z } from 'zod';

const answer = z.object({
  project: z.object({
    id: z.string(),
    experiments: z.object({
      edges: z.array(
        z.object({
          node: z.object({
            id: z.string(),
            name: z.string(),
            datasetVersion: z.object({ id: z.string() }),
            runs: z.object({
              edges: z.array(
                z.object({
                  node: z.object({
                    id: z.string(),
                    status: z.string(),
                    sampleDone: z.number(),
                    modelConfig: z.object({ id: z.string(), name: z.string() }),
                    restorationConfig: z.object({ id: z.string(), name: z.string() }),
                    evaluation: z
                      .object({ accuracy: z.object({ value: z.number(), low: z.number(), high: z.number() }) })
                      .nullable(),
                  }),
                }),
              ),
            }),
          }),
        }),
      ),
    }),
  }),
});

/** Seeds the demo and gives its project with experiments and runs as the API shows them. */
export async function seededDemo(client: SamplewiseClient) {
  await seed(client, () => undefined);
  return readDemo(client);
}

export async function readDemo(client: SamplewiseClient) {
  const data = await client.query(`{
    project(team: "local", slug: "demo") {
      id
      experiments(first: 10) { edges { node {
        id name datasetVersion { id }
        runs(first: 50) { edges { node {
          id status sampleDone
          modelConfig { id name } restorationConfig { id name }
          evaluation { accuracy { value low high } }
        } } }
      } } }
    }
  }`);
  const { project } = answer.parse(data);
  const experiments = project.experiments.edges.map(({ node }) => ({
    ...node,
    runs: node.runs.edges.map((e) => e.node),
  }));
  return { id: project.id, experiments };
}
