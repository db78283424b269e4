import { problem } from '@samplewise/domain';
import { BREAK, visit, Kind, type ASTNode, type DocumentNode, type GraphQLError } from 'graphql';
import { LIMITS } from './limits.ts';
import { badInput, beyond } from './refusal.ts';

const isClean = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** Why Postgres could not store a text, or UTF-8 not carry it. */
function flawOf(text: string, place: string): GraphQLError {
  const [message, mend] = text.includes('\0')
    ? ['The text holds a NUL character.', 'Remove it.']
    : ['The text holds half of a surrogate pair.', 'Send well-formed Unicode.'];
  const value = text.slice(0, 100).replaceAll('\0', '\\0').toWellFormed();
  return badInput(problem('INVALID_VALUE', message, { place, value, mend }));
}

interface Branch {
  value: object;
  place: string;
  nesting: number;
}

/** Walks variables without recursion, however deep they are; lists may have a million values. */
export function flawOfVariables(variables: object): GraphQLError | undefined {
  const waiting: Branch[] = [{ value: variables, place: 'variables', nesting: 0 }];
  for (let branch = waiting.pop(); branch; branch = waiting.pop()) {
    const { value, place, nesting } = branch;
    if (nesting > LIMITS.nesting) return beyond('nesting');
    const inside = (key: string | number): string => `${place}.${String(key).slice(0, 100).toWellFormed()}`;
    const flawAt = (inner: unknown, key: string | number): GraphQLError | undefined => {
      if (typeof inner === 'string') return isClean(inner) ? undefined : flawOf(inner, inside(key));
      if (typeof inner === 'object' && inner !== null) {
        waiting.push({ value: inner, place: inside(key), nesting: nesting + 1 });
      }
      return undefined;
    };
    if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) {
        const flaw = flawAt(value[i], i);
        if (flaw) return flaw;
      }
    } else {
      for (const [key, inner] of Object.entries(value)) {
        const flaw = isClean(key) ? flawAt(inner, key) : flawOf(key, place);
        if (flaw) return flaw;
      }
    }
  }
  return undefined;
}

/** The same for the literals of a document, whose directives are counted on the way. */
export function flawOfDocument(document: DocumentNode): GraphQLError | undefined {
  let flaw: GraphQLError | undefined;
  let nesting = 0;
  let directives = 0;
  const deeper = () => {
    if (++nesting <= LIMITS.nesting) return undefined;
    flaw = beyond('nesting');
    return BREAK;
  };
  const nest = {
    enter: deeper,
    leave: () => {
      nesting--;
    },
  };
  visit(document, {
    ListValue: nest,
    ObjectValue: nest,
    ListType: nest,
    Directive: () => {
      directives++;
    },
    StringValue: (node, _key, parent, _path, ancestors) => {
      if (isClean(node.value)) return undefined;
      flaw = flawOf(node.value, placeOf(parent ? [...ancestors, parent] : ancestors));
      return BREAK;
    },
  });
  return flaw ?? (directives > LIMITS.directives ? beyond('directives', directives) : undefined);
}

/** Such as `input.name`: the argument and the input fields that a literal lies in. */
function placeOf(ancestors: readonly (ASTNode | readonly ASTNode[])[]): string {
  const names = ancestors.flatMap((a) =>
    'kind' in a && (a.kind === Kind.ARGUMENT || a.kind === Kind.OBJECT_FIELD) ? [a.name.value] : [],
  );
  return names.join('.') || 'query';
}
