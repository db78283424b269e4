import {
  reportSections,
  type Block,
  type Cell,
  type PicturePair,
  type Section,
  type TableBlock,
} from '@samplewise/reports';
import { reportOfExperiment, type DigestedReport } from '../../reports/experiment-report.ts';
import { builder } from '../builder.ts';

type Of<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>;

const ReportTextRef = builder.objectRef<Of<'text'>>('ReportText').implement({
  description: 'A paragraph.',
  fields: (t) => ({ text: t.exposeString('text', { description: 'Plain.' }) }),
});

const ReportListRef = builder.objectRef<Of<'list'>>('ReportList').implement({
  description: 'Sentences that stand by themselves.',
  fields: (t) => ({ items: t.stringList({ description: 'Plain.', resolve: ({ items }) => [...items] }) }),
});

const ReportDrawingRef = builder.objectRef<Of<'drawing'>>('ReportDrawing').implement({
  description: 'A drawing.',
  fields: (t) => ({
    svg: t.exposeString('svg', { description: 'Made by the platform; its texts are escaped. It needs no script.' }),
    caption: t.exposeString('caption', { description: 'What it shows.' }),
  }),
});

const ReportPairRef = builder.objectRef<PicturePair>('ReportPicturePair').implement({
  description: 'Two pictures beside each other.',
  fields: (t) => ({
    urls: t.stringList({
      description: 'Paths of the API; `/blobs/…`.',
      resolve: ({ digests }) => digests.map((digest) => `/blobs/${digest}`),
    }),
    caption: t.exposeString('caption', { description: 'What they are.' }),
    path: t.string({ description: 'Where more is said of them, within the page.', resolve: ({ path }) => path }),
  }),
});

const ReportPicturesRef = builder.objectRef<Of<'pictures'>>('ReportPictures').implement({
  description: 'Pairs of pictures.',
  fields: (t) => ({
    pairs: t.field({ type: [ReportPairRef], description: 'The nearest first.', resolve: ({ pairs }) => [...pairs] }),
  }),
});

const ReportFactRef = builder.objectRef<readonly [string, string]>('ReportFact').implement({
  description: 'A name and a value, such as a digest.',
  fields: (t) => ({
    name: t.string({ description: 'Of what.', resolve: ([name]) => name }),
    value: t.string({ description: 'What it is.', resolve: ([, value]) => value }),
  }),
});

const ReportFactsRef = builder.objectRef<Of<'facts'>>('ReportFacts').implement({
  description: 'Names with their values.',
  fields: (t) => ({
    facts: t.field({ type: [ReportFactRef], description: 'In order.', resolve: ({ facts }) => [...facts] }),
  }),
});

const ReportColumnRef = builder.objectRef<TableBlock['columns'][number]>('ReportColumn').implement({
  description: 'A column of a table.',
  fields: (t) => ({
    label: t.exposeString('label', { description: 'Its head.' }),
    text: t.boolean({ description: 'It holds words, not figures.', resolve: ({ text = false }) => text }),
  }),
});

const ReportCellRef = builder.objectRef<Cell>('ReportCell').implement({
  description: 'A cell of a table.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'As it is printed.' }),
    path: t.string({
      nullable: true,
      description: 'Where within the page what is behind it is shown, such as `/runs/1`.',
      resolve: ({ path }) => path,
    }),
    strong: t.boolean({ description: 'It stands out.', resolve: ({ strong = false }) => strong }),
    depth: t.float({
      nullable: true,
      description: 'From 0 to 1: how deep it is tinted.',
      resolve: ({ depth }) => depth,
    }),
  }),
});

const ReportTableRef = builder.objectRef<TableBlock>('ReportTable').implement({
  description: 'A table.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique within the report; also its label in LaTeX.' }),
    caption: t.exposeString('caption', { description: 'What it shows, and how it was computed.' }),
    columns: t.field({
      type: [ReportColumnRef],
      description: 'From left to right.',
      resolve: ({ columns }) => [...columns],
    }),
    rows: t.field({
      type: t.listRef(t.listRef(ReportCellRef)),
      description: 'A cell for each column; the first names the row.',
      complexity: { field: 1, multiplier: 100 },
      resolve: ({ rows }) => rows.map((cells) => [...cells]),
    }),
    folded: t.boolean({ description: 'It is not shown at once.', resolve: ({ folded = false }) => folded }),
  }),
});

const ReportBlock = builder.unionType('ReportBlock', {
  description: 'A part of a section.',
  types: [ReportTextRef, ReportListRef, ReportFactsRef, ReportDrawingRef, ReportPicturesRef, ReportTableRef],
  resolveType: ({ kind }) =>
    ({
      text: ReportTextRef,
      list: ReportListRef,
      facts: ReportFactsRef,
      drawing: ReportDrawingRef,
      pictures: ReportPicturesRef,
      table: ReportTableRef,
    })[kind],
});

const ReportSectionRef = builder.objectRef<Section>('ReportSection').implement({
  description: 'A section of a report.',
  fields: (t) => ({
    title: t.exposeString('title', { description: 'Its heading.' }),
    blocks: t.field({ type: [ReportBlock], description: 'In order.', resolve: ({ blocks }) => [...blocks] }),
  }),
});

const ExperimentReportRef = builder.objectRef<DigestedReport>('ExperimentReport').implement({
  description:
    'What came of an experiment, computed from stored predictions. As a file: /experiments/Experiment_1/report.html, .md, .tex or .json.',
  fields: (t) => ({
    digest: t.exposeString('digest', { description: 'SHA-256 over all of its figures, as canonical JSON.' }),
    runs: t.int({ description: 'Finished runs that it is about.', resolve: ({ document }) => document.runs.length }),
    unfinished: t.int({
      description: 'Runs that have not finished and are missing.',
      resolve: ({ document }) => document.unfinished.length,
    }),
    sections: t.field({
      type: [ReportSectionRef],
      description: 'In the order in which they are read.',
      resolve: ({ document, digest }) => reportSections(document, digest),
    }),
  }),
});

builder.prismaObjectField('Experiment', 'report', (t) =>
  t.field({
    type: ExperimentReportRef,
    nullable: true,
    labels: 'sealed',
    complexity: { field: 1000, multiplier: 1 },
    description: 'None where it is about no samples.',
    select: { id: true },
    resolve: async ({ id }, _args, context) => (await reportOfExperiment(context, id)) ?? null,
  }),
);
