import {
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
} from 'graphql';
import { decodeGlobalId, type GlobalId } from '../global-id.ts';

export interface NamedId {
  id: GlobalId;
  /** Such as `input.runIds`. */
  place: string;
  /** As it was given. */
  value: string;
}

type Field = GraphQLField<unknown, unknown>;
type Part = GraphQLArgument | GraphQLInputField;

/**
 * Inputs that only narrow what is found within the project that the field is about: what they name is compared with, and
 * never shown, so that it need not be there.
 */
const NARROWING: readonly string[] = ['RunFilter'];

/**
 * The ids among a field's arguments, at any depth of its inputs; known by their scalar, ID, alone.
 * @throws InvalidInput for one that is none
 */
export function idsAmong(field: Field, args: Readonly<Record<string, unknown>>): NamedId[] {
  return field.args.filter(holdsIds).flatMap((argument) => idsIn(argument, args[argument.name], argument.name));
}

function idsIn(part: Part, value: unknown, place: string): NamedId[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => idsIn(part, item, place));
  const type = getNamedType(part.type);
  if (!isInputObjectType(type)) {
    // Relay's own arguments come decoded.
    if (typeof value === 'object') {
      const id = value as GlobalId;
      return [{ id, place, value: `${id.typename}_${id.id}` }];
    }
    // The scalar gives texts only.
    const text = value as string;
    return [{ id: decodeGlobalId(text, place), place, value: text }];
  }
  const given = value as Readonly<Record<string, unknown>>;
  return Object.values(type.getFields())
    .filter(holdsIds)
    .flatMap((inner) => idsIn(inner, given[inner.name], `${place}.${inner.name}`));
}

const known = new WeakMap<Part, boolean>();

/** Whether an id can be in it. */
function holdsIds(part: Part): boolean {
  const holds = known.get(part) ?? reachesId(getNamedType(part.type), new Set());
  known.set(part, holds);
  return holds;
}

/** @param seen inputs on the way, which may refer to themselves */
function reachesId(type: GraphQLNamedType, seen: Set<GraphQLNamedType>): boolean {
  if (!isInputObjectType(type)) return type.name === 'ID';
  if (seen.has(type) || NARROWING.includes(type.name)) return false;
  seen.add(type);
  return Object.values(type.getFields()).some((field) => reachesId(getNamedType(field.type), seen));
}

/** Whether the field can not be asked without an id. A list may be empty, which `idsAmong` tells by giving none. */
export const needsIds = (field: Field): boolean => field.args.some(needsId);

function needsId(part: Part): boolean {
  if (!isNonNullType(part.type) || !holdsIds(part)) return false;
  const type = withoutLists(part.type);
  return isInputObjectType(type) ? Object.values(type.getFields()).some(needsId) : true;
}

function withoutLists(type: GraphQLInputType): GraphQLInputType {
  if (isNonNullType(type) || isListType(type)) return withoutLists(type.ofType);
  return type;
}
