'use strict';
// Puts in the place of each graphql(`query Name …`) the document that GraphQL Code Generator has made of it. Left to
// itself, the function looks its text up in a map of all documents of the page, and every script carries all of them;
// so each carries its own.

const fs = require('fs');
const path = require('path');

const GENERATED = path.join(__dirname, 'src/generated/graphql.ts');
const CALL = /\bgraphql\(\s*`([^`]*)`\s*,?\s*\)/g;
const IMPORT = /import\s*\{\s*graphql\s*\}\s*from\s*'@\/generated';?/;
const DEFINITION = /^\s*(?:#.*\n\s*)*(query|mutation|subscription|fragment)\s+(\w+)/;

/** By their names, such as RunPageDocument; each is one line of the generated file. */
let documents = new Map();
let readAt = 0;

function readDocuments() {
  const { mtimeMs } = fs.statSync(GENERATED);
  if (mtimeMs === readAt) return;
  const lines = fs.readFileSync(GENERATED, 'utf8').matchAll(/^export const (\w+) = (\{.*\}) as unknown as /gm);
  documents = new Map([...lines].map(([, name, json]) => [name, json]));
  readAt = mtimeMs;
}

module.exports = function documentsLoader(source) {
  this.addDependency(GENERATED);
  readDocuments();
  const text = source.replace(CALL, (call, document) => {
    const [, kind, name] = DEFINITION.exec(document) ?? [];
    if (name === undefined) throw new Error(`A GraphQL document needs a name: ${call.slice(0, 100)}`);
    const made = documents.get(`${name}${kind === 'fragment' ? 'FragmentDoc' : 'Document'}`);
    if (made === undefined) throw new Error(`The document ${name} is not generated yet: npm run codegen`);
    return `(${made})`;
  });
  return text.replace(IMPORT, '');
};
