import type { Readable } from 'node:stream';
import {
  downloadArtifacts,
  listArtifacts,
  uploadArtifacts,
  type Artifact,
  type ArtifactFile,
  type UploadArtifactsOptions,
} from './artifacts.ts';
import { DEFAULT_URL, type ClientConfig } from './config.ts';
import { createModelConfig, createRestorationConfig, type CreatedConfig } from './configs.ts';
import { importDataset, waitForImport, type DatasetImport, type ImportDatasetOptions } from './datasets.ts';
import {
  createExperiment,
  findExperiment,
  planRuns,
  queueRuns,
  type CreateExperimentOptions,
  type Experiment,
  type FoundExperiment,
  type Plan,
  type PlannedRun,
} from './experiments.ts';
import { logLines, readLog, type LogLine, type NewLogLine, type ReadLogOptions } from './logging.ts';
import { createProject, findConfig, findDatasetVersion, findProject, type Project } from './projects.ts';
import { createPublishedRun, finishRun, type PublishedRun } from './published.ts';
import { readRun, waitForRun, type Run } from './runs.ts';
import { listRuns, type ListRunsOptions, type RunRow } from './search.ts';
import { downloadReport } from './study/report.ts';
import { START_STUDY, type StudyToStart } from './study/start.ts';
import { readSubmission, submit, waitForSubmission, type Submission, type SubmitOptions } from './submissions.ts';
import { logSystemMetrics, type SystemMetricsOptions } from './system-metrics.ts';
import { trainProbe, type TrainProbeOptions } from './training.ts';
import { Transport, type Uploaded } from './transport.ts';
import { upload, type UploadProgress } from './upload.ts';
import type { WaitOptions } from './wait.ts';

/** Samplewise's API for programs. Ids are the API's, such as `Project_1`. */
export class SamplewiseClient {
  readonly #transport: Transport;

  constructor(config: Partial<ClientConfig> = {}) {
    this.#transport = new Transport({ url: DEFAULT_URL, ...config });
  }

  /** Any GraphQL document; its `data` as it comes. */
  query(document: string, variables?: object): Promise<unknown> {
    return this.#transport.query(document, variables);
  }

  /** @param source path of a file, or a stream of bytes */
  upload(source: string | Readable, onProgress?: UploadProgress): Promise<Uploaded> {
    return upload(this.#transport, source, onProgress);
  }

  /** Whether the bytes of this digest are there, as far as you may read them. */
  hasBlob(digest: string): Promise<boolean> {
    return this.#transport.exists(`/blobs/${digest}`);
  }

  createProject(input: { name: string; description?: string; team?: string }): Promise<Project> {
    return createProject(this.#transport, input);
  }

  project(slug: string, team = 'local'): Promise<Project> {
    return findProject(this.#transport, slug, team);
  }

  /** @param version the newest unless named */
  datasetVersion(project: Project, dataset: string, version?: string): Promise<{ id: string; name: string }> {
    return findDatasetVersion(this.#transport, project, dataset, version);
  }

  /** @param name `name` (the newest version) or `name@version` */
  modelConfig(project: Project, name: string): Promise<{ id: string; name: string; version: number }> {
    return findConfig(this.#transport, project, 'model', name);
  }

  /** @param name `name` (the newest version) or `name@version` */
  restorationConfig(project: Project, name: string): Promise<{ id: string; name: string; version: number }> {
    return findConfig(this.#transport, project, 'restoration', name);
  }

  importDataset(options: ImportDatasetOptions): Promise<DatasetImport> {
    return importDataset(this.#transport, options);
  }

  waitForImport(id: string, options?: WaitOptions<DatasetImport>): Promise<DatasetImport> {
    return waitForImport(this.#transport, id, options);
  }

  createModelConfig(input: { projectId: string; name: string; spec: unknown }): Promise<CreatedConfig> {
    return createModelConfig(this.#transport, input);
  }

  createRestorationConfig(input: { projectId: string; name: string; steps: unknown }): Promise<CreatedConfig> {
    return createRestorationConfig(this.#transport, input);
  }

  createExperiment(options: CreateExperimentOptions): Promise<Experiment> {
    return createExperiment(this.#transport, options);
  }

  /** The project's experiment of this name; undefined when there is none. */
  experiment({ id }: Project, name: string): Promise<FoundExperiment | undefined> {
    return findExperiment(this.#transport, id, name);
  }

  /** What `queueRuns` would make of a plan, and what of it is there already. */
  planRuns(experimentId: string, plan: Plan): Promise<PlannedRun[]> {
    return planRuns(this.#transport, experimentId, plan);
  }

  /** Begins a run of which only published figures are known. @returns its id */
  createPublishedRun(input: PublishedRun): Promise<string> {
    return createPublishedRun(this.#transport, input);
  }

  finishRun(runId: string): Promise<void> {
    return finishRun(this.#transport, runId);
  }

  /** Makes a study's experiment and queues the runs that are not there yet; again, it goes on where it was. */
  startStudy(study: StudyToStart): Promise<{ experiment: Experiment; runIds: string[] }> {
    return this.#transport.mutate(START_STUDY, study);
  }

  /** Writes an experiment's report into a folder. @returns the files */
  downloadReport(experimentId: string, folder: string, page?: string): Promise<string[]> {
    return downloadReport(this.#transport, experimentId, folder, page);
  }

  queueRuns(experimentId: string, plan?: Plan): Promise<Run[]> {
    return queueRuns(this.#transport, experimentId, plan);
  }

  /** Queues the training of a linear probe; the run has the trained model at its end. */
  trainProbe(options: TrainProbeOptions): Promise<Run> {
    return trainProbe(this.#transport, options);
  }

  /** Runs of a project by a search, in an order. */
  listRuns(options: ListRunsOptions): Promise<RunRow[]> {
    return listRuns(this.#transport, options);
  }

  /** Enters a competition with a file of predictions. */
  submit(options: SubmitOptions): Promise<{ submission: Submission; repeated: boolean }> {
    return submit(this.#transport, options);
  }

  submission(id: string): Promise<Submission> {
    return readSubmission(this.#transport, id);
  }

  waitForSubmission(id: string, options?: WaitOptions<Submission>): Promise<Submission> {
    return waitForSubmission(this.#transport, id, options);
  }

  run(id: string): Promise<Run> {
    return readRun(this.#transport, id);
  }

  waitForRun(id: string, options?: WaitOptions<Run>): Promise<Run> {
    return waitForRun(this.#transport, id, options);
  }

  /** Appends to the log of a run that a client makes. @returns the number of the last line */
  logLines(runId: string, lines: readonly NewLogLine[]): Promise<number> {
    return logLines(this.#transport, runId, lines);
  }

  /** A run's log, page after page; with `follow` also what is still to come. */
  readLog(runId: string, options?: ReadLogOptions): AsyncGenerator<LogLine[], void> {
    return readLog(this.#transport, runId, options);
  }

  /** Logs a file, or all files of a folder, to a run. */
  uploadArtifacts(runId: string, source: string, options?: UploadArtifactsOptions): Promise<Artifact[]> {
    return uploadArtifacts(this.#transport, runId, source, options);
  }

  /** All files of a run below a folder. */
  artifacts(runId: string, prefix?: string): Promise<ArtifactFile[]> {
    return listArtifacts(this.#transport, runId, prefix);
  }

  /** Downloads a file or a folder of a run into a folder. @returns paths of the files */
  downloadArtifacts(runId: string, path: string, target: string): Promise<string[]> {
    return downloadArtifacts(this.#transport, runId, path, target);
  }

  /** Measures this process and its machine, and logs that to a run. @returns what ends it */
  logSystemMetrics(runId: string, options?: SystemMetricsOptions): () => Promise<void> {
    return logSystemMetrics(this.#transport, runId, options);
  }
}
