import { buildSchema, Kind, parse, type FragmentDefinitionNode } from 'graphql';
import { conditionalVariables } from '../../../src/kernel/read/conditional-variables.js';
import { compileObject } from '../../../src/kernel/read/object-writer.js';
import { collectFields, subSelections, type SelectionScope } from '../../../src/kernel/read/selection.js';

const schema = buildSchema(`
  interface Named { name: String }
  interface Other { other: String }
  type Thing implements Named { name: String inner: Thing id: ID }
  type Query { thing: Thing }
`);

function scopeOf(text: string, variables: Record<string, unknown> = {}) {
  const { definitions } = parse(text);
  const fragments = definitions.filter(
    (each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION,
  );
  const scope: SelectionScope = {
    schema,
    variables,
    fragments: Object.fromEntries(fragments.map((fragment) => [fragment.name.value, fragment])),
  };
  const [operation] = definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('the operation comes first');
  return { scope, sets: [operation.selectionSet] };
}

/** Response names with how many fields stand behind each, in order. */
function collected(text: string, variables?: Record<string, unknown>): string {
  const { scope, sets } = scopeOf(text, variables);
  return [...collectFields(scope, 'Thing', sets)].map(([name, { length }]) => `${name}${length}`).join(' ');
}

describe('collecting the fields of a selection', () => {
  it.each([
    [
      'merges what has the same response name, in the order of the first mention',
      '{ a: id name a: id }',
      'a2 name1',
    ],
    [
      'goes into fragments where they stand',
      '{ id ... { name } ...F } fragment F on Thing { id inner { id } }',
      'id2 name1 inner1',
    ],
    ['goes into a named fragment once', '{ ...F ...F } fragment F on Thing { id }', 'id1'],
    ['takes fragments on an interface of the type', '{ ... on Named { name } }', 'name1'],
    ['leaves out fragments on others', '{ id ... on Other { other } ... on Query { thing { id } } }', 'id1'],
    ['leaves out fragments whose type nobody knows', '{ id ... on Nothing { name } }', 'id1'],
    ['minds @skip and @include', '{ id @skip(if: true) name @include(if: false) inner { id } }', 'inner1'],
    [
      'leaves out what is both included and skipped',
      '{ id @include(if: true) @skip(if: true) name }',
      'name1',
    ],
    [
      'minds them on fragments',
      '{ ... @skip(if: true) { id } ...F @include(if: false) name } fragment F on Thing { id }',
      'name1',
    ],
  ])('%s', (_, text, expected) => {
    expect(collected(text)).toBe(expected);
  });

  it('takes a spread that was left out the first time', () => {
    expect(collected('{ ...F @skip(if: true) ...F } fragment F on Thing { id }')).toBe('id1');
  });

  it('looks at variables', () => {
    const text = 'query($yes: Boolean!, $no: Boolean!) { id @include(if: $yes) name @skip(if: $no) }';
    expect(collected(text, { yes: true, no: false })).toBe('id1 name1');
    expect(collected(text, { yes: false, no: true })).toBe('');
  });

  it('throws where a condition is null, as GraphQL does', () => {
    expect(() => collected('query($v: Boolean) { id @include(if: $v) }', { v: null })).toThrow(
      'must not be null',
    );
  });
});

describe('the variables of conditions', () => {
  it('are named once, in order, wherever they stand', () => {
    const document = parse(
      '{ z @skip(if: $b) ...F @include(if: $a) @skip(if: $b) x(y: $no) } fragment F on T { y @include(if: $c) @other(if: $d) }',
    );
    expect(conditionalVariables(document)).toEqual(['a', 'b', 'c']);
  });
});

describe('the writer of an object', () => {
  function writerOf(text: string) {
    const { scope, sets } = scopeOf(text);
    return compileObject<string>(scope, 'Thing', sets, (fieldName, nodes) => {
      if (fieldName === 'id') return (value) => JSON.stringify(value);
      return fieldName === 'inner'
        ? compileObject<string>(scope, 'Thing', subSelections(nodes), () => () => '1')
        : null;
    });
  }

  it('writes keys in the order of their mention, __typename under any name', () => {
    const write = writerOf('{ b: id __typename inner { name kind: __typename } a: id }');
    expect(write?.('x')).toBe('{"b":"x","__typename":"Thing","inner":{"name":1,"kind":"Thing"},"a":"x"}');
  });

  it('writes an empty object when everything is left out', () => {
    expect(writerOf('{ id @skip(if: true) }')?.('x')).toBe('{}');
    expect(writerOf('{ inner { id @skip(if: true) } }')?.('x')).toBe('{"inner":{}}');
  });

  it('is not made when a field has no writer', () => {
    expect(writerOf('{ id name }')).toBeNull();
  });
});
