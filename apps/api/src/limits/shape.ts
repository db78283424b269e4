import {
  introspectionTypes,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type SelectionSetNode,
} from 'graphql';
import type { LimitName } from './limits.ts';

/** How large a selection is, with each use of a fragment counted. */
export type Shape = Record<Extract<LimitName, 'depth' | 'breadth' | 'aliases' | 'introspection'>, number>;

const ENTRANCES: ReadonlyMap<string, string> = new Map([
  ['__schema', '__Schema'],
  ['__type', '__Type'],
]);
const INTROSPECTION: ReadonlyMap<string, GraphQLNamedType> = new Map(introspectionTypes.map((t) => [t.name, t]));
/** How many entries a list of an introspection is taken to have. */
const LIST = 10;

/**
 * Measures a document without its schema, in time that grows with its text alone: before validation, whose time grows
 * with the square of a selection, and whatever unknown fields it names.
 */
export class Shapes {
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #measured = new Map<SelectionSetNode, Map<GraphQLNamedType | undefined, Shape>>();
  readonly #open = new Set<SelectionSetNode>();
  /** A fragment that uses itself was met. Validation says where. */
  circular = false;

  constructor({ definitions }: DocumentNode) {
    for (const definition of definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
    }
  }

  /** @param type the type of introspection that is selected from, where it is one */
  of(set: SelectionSetNode, type?: GraphQLNamedType): Shape {
    const before = this.#measured.get(set)?.get(type);
    if (before) return before;
    const shape: Shape = { depth: 0, breadth: 0, aliases: 0, introspection: 0 };
    if (this.#open.has(set)) {
      this.circular = true;
      return shape;
    }
    this.#open.add(set);
    for (const selection of set.selections) {
      const part = this.#ofSelection(selection, type);
      shape.depth = Math.max(shape.depth, part.depth);
      shape.breadth += part.breadth;
      shape.aliases += part.aliases;
      shape.introspection += part.introspection;
    }
    this.#open.delete(set);
    this.#measured.set(
      set,
      (this.#measured.get(set) ?? new Map<GraphQLNamedType | undefined, Shape>()).set(type, shape),
    );
    return shape;
  }

  #ofSelection(selection: SelectionSetNode['selections'][number], type: GraphQLNamedType | undefined): Shape {
    if (selection.kind === Kind.INLINE_FRAGMENT) return this.of(selection.selectionSet, type);
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = this.#fragments.get(selection.name.value);
      return fragment ? this.of(fragment.selectionSet, type) : NOTHING;
    }
    const name = selection.name.value;
    const entrance = ENTRANCES.get(name);
    const field = isObjectType(type) ? type.getFields()[name] : undefined;
    const next = entrance === undefined ? field && getNamedType(field.type) : INTROSPECTION.get(entrance);
    const inner = selection.selectionSet ? this.of(selection.selectionSet, next) : NOTHING;
    const times = field && isListType(getNullableType(field.type)) ? LIST : 1;
    return {
      depth: inner.depth + 1,
      breadth: inner.breadth + 1,
      aliases: inner.aliases + (selection.alias ? 1 : 0),
      introspection: inner.introspection * times + ((type ?? next) ? 1 : 0),
    };
  }
}

const NOTHING: Shape = { depth: 0, breadth: 0, aliases: 0, introspection: 0 };
