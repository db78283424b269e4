import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';

/** Of what the plugin for Relay generates. */
export const RELAY_DESCRIPTIONS = {
  nodeTypeOptions: { description: 'Whatever has an id of its own.' },
  idFieldOptions: { description: 'Its type and number, such as Run_42.' },
  nodeQueryOptions: {
    description: 'Anything by its id; null when there is none.',
    args: { id: { description: 'Such as Run_42.' } },
  },
  nodesQueryOptions: {
    description: 'Things by their ids, in that order, with null where there is none.',
    args: { ids: { description: 'At most 200.' } },
  },
  pageInfoTypeOptions: { description: 'Where a page lies in its list.' },
  hasNextPageFieldOptions: { description: 'Whether there are entries after the page.' },
  hasPreviousPageFieldOptions: { description: 'Whether there are entries before the page.' },
  startCursorFieldOptions: { description: 'Of the first entry; none when the page is empty.' },
  endCursorFieldOptions: {
    description: 'Of the last entry, for `after` of the next page; none when the page is empty.',
  },
  firstArgOptions: { description: 'How many entries, from the front: at most 200, and 50 unless given.' },
  lastArgOptions: { description: 'How many entries, from the back: at most 200.' },
  afterArgOptions: { description: 'Only entries after this cursor.' },
  beforeArgOptions: { description: 'Only entries before this cursor.' },
  defaultConnectionTypeOptions: { description: 'A page of a list.' },
  defaultEdgeTypeOptions: { description: 'An entry of a page, with its cursor.' },
  edgesFieldOptions: { description: 'The entries, in the order of the list.' },
  pageInfoFieldOptions: { description: 'Whether there is more, and where to go on.' },
  cursorFieldOptions: { description: 'The place of the entry, for `after` and `before`.' },
  nodeFieldOptions: { description: 'The entry itself.' },
};

/** Gives a description to what the plugin for Prisma generates without one. */
class DescriptionsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    if (field.name !== 'totalCount' || field.description) return field;
    return { ...field, description: 'All entries of the list, whatever the page.' };
  }
}

export const DESCRIPTIONS = 'descriptions';
SchemaBuilder.registerPlugin(DESCRIPTIONS, DescriptionsPlugin);

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- how Pothos is told of a plugin
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      descriptions: DescriptionsPlugin<Types>;
    }
  }
}
