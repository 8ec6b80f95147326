import fc, { type GeneratorValue } from 'fast-check';
import {
  getNamedType,
  isLeafType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { Scene } from './scene.js';

/** One request, as a client would send it. */
export interface RandomOperation {
  reader: string;
  body: { query: string; variables?: Record<string, unknown> | null; operationName?: string | null };
}

const maxDepth = 6;
/** Parts of one document, so that none grows beyond reading. */
const maxParts = 40;
/** What cannot be told twice the same, or is not about rows. */
const leftOut = ['feed'];
const omitted = Symbol('omitted');

interface Drawn {
  literal: string;
  value: unknown;
}

/** Writes one random document, which is valid but for the odd null and a hostile value. */
class OperationWriter {
  readonly #fragments = new Map<string, { type: string; text: string }>();
  #variables = new Map<string, { type: string; preset: string | null; value: unknown }>();
  #argumentsByField = new Map<string, string>();
  #open: string[] = [];
  #parts = 0;

  constructor(
    private readonly draw: GeneratorValue,
    private readonly schema: GraphQLSchema,
    private readonly scene: Scene,
  ) {}

  write(): RandomOperation {
    const reader = this.#pick(this.#chance(3) ? Object.keys(this.scene.readers) : this.scene.insiders);
    const first = this.#operation('First');
    const variables = Object.fromEntries(
      [...this.#variables]
        .filter(([, { value }]) => value !== omitted)
        .map(([name, { value }]) => [name, value]),
    );
    const isNamed = this.#chance(3);
    // A second operation shares fragments, and with them their variables.
    const hasSecond = isNamed && this.#variables.size === 0 && this.#chance(4);
    const second = hasSecond ? this.#operation('Second') : '';
    const fragments = [...this.#fragments].map(
      ([name, { type, text }]) => `fragment ${name} on ${type} ${text}`,
    );
    const query = [first, second, ...fragments].filter(Boolean).join('\n');
    const operationName = this.#chance(12)
      ? this.#pick([null, '', 'Third'])
      : this.#pick(['First', hasSecond ? 'Second' : 'First']);
    return {
      reader,
      body: {
        query,
        ...((this.#variables.size > 0 || this.#chance(8)) && { variables }),
        ...((hasSecond || this.#chance(2)) && { operationName }),
      },
    };
  }

  get #isFull(): boolean {
    return this.#parts > maxParts;
  }

  #operation(name: string): string {
    this.#argumentsByField = new Map();
    const query = this.schema.getQueryType() as GraphQLObjectType;
    const selection = this.#selection(query, 0);
    const definitions = [...this.#variables].map(
      ([variable, { type, preset }]) => `$${variable}: ${type}${preset === null ? '' : ` = ${preset}`}`,
    );
    return `query ${name}${definitions.length > 0 ? `(${definitions.join(', ')})` : ''} ${selection}`;
  }

  #selection(type: GraphQLObjectType, depth: number): string {
    const count = this.#isFull ? 1 : 1 + this.draw(fc.nat, { max: depth === 0 ? 2 : 4 });
    const parts = Array.from({ length: count }, () => this.#part(type, depth));
    return `{ ${parts.join(' ')} }`;
  }

  #part(type: GraphQLObjectType, depth: number): string {
    this.#parts += 1;
    const kind = this.#isFull ? 0 : this.draw(fc.nat, { max: 11 });
    if (kind === 0) return `${this.#pick(['', 'kind: ', '_t: '])}__typename${this.#directives()}`;
    if (depth < maxDepth && kind === 1) {
      const condition = this.#chance(2) ? ` on ${type.name}` : '';
      return `...${condition}${this.#directives()} ${this.#selection(type, depth + 1)}`;
    }
    if (depth < maxDepth && kind === 2) return `...${this.#fragment(type, depth)}${this.#directives()}`;
    return this.#field(type, depth);
  }

  #fragment(type: GraphQLObjectType, depth: number): string {
    const known = [...this.#fragments].filter(
      ([name, fragment]) => fragment.type === type.name && !this.#open.includes(name),
    );
    if (known.length > 0 && this.#chance(2)) return this.#pick(known)[0];
    const name = `F${this.#fragments.size}`;
    const fragment = { type: type.name, text: '' };
    this.#fragments.set(name, fragment);
    this.#open.push(name);
    fragment.text = this.#selection(type, depth + 1);
    this.#open.pop();
    return name;
  }

  #field(type: GraphQLObjectType, depth: number): string {
    const fields = Object.values(type.getFields()).filter(
      (field) => !leftOut.includes(field.name) && (depth < maxDepth || isLeafType(getNamedType(field.type))),
    );
    const field = fields.length > 0 ? this.#pick(fields) : null;
    if (!field) return '__typename';
    // The same response name always stands for the same field and arguments, so that the two merge.
    const alias = this.#chance(4) ? `${this.#pick(['a', '_b', 'toString'])}_${field.name}` : '';
    const lead = alias ? `${alias}: ${field.name}` : field.name;
    const inner = getNamedType(field.type);
    const below = isObjectType(inner) ? ` ${this.#selection(inner, depth + 1)}` : '';
    return `${lead}${this.#arguments(alias || field.name, field)}${this.#directives()}${below}`;
  }

  #arguments(responseName: string, field: GraphQLField<unknown, unknown>): string {
    if (field.args.length === 0) return '';
    const known = this.#argumentsByField.get(responseName);
    if (known !== undefined) return known;
    const chosen = field.args.filter(
      ({ name }) => name === 'id' || this.#chance(name === 'last' || name === 'before' ? 9 : 3),
    );
    const given = chosen.map(({ name, type }) => `${name}: ${this.#argument(name, String(type))}`);
    const text = given.length > 0 ? `(${given.join(', ')})` : '';
    this.#argumentsByField.set(responseName, text);
    return text;
  }

  #argument(name: string, type: string): string {
    const drawn = this.#value(name);
    const nullable = type.replace(/!$/, '');
    switch (this.draw(fc.nat, { max: 5 })) {
      case 0:
        return this.#variable(type, null, drawn.value);
      case 1:
        return this.#variable(nullable, drawn.literal, this.#pick([omitted, omitted, drawn.value, null]));
      case 2:
        return type === nullable
          ? this.#variable(nullable, null, this.#pick([omitted, null, drawn.value]))
          : drawn.literal;
      case 3:
        return type === nullable && this.#chance(3) ? 'null' : drawn.literal;
      default:
        return drawn.literal;
    }
  }

  #value(name: string): Drawn {
    const asJson = (value: unknown): Drawn => ({ literal: JSON.stringify(value), value });
    if (name === 'first' || name === 'last')
      return asJson(this.#pick(this.#chance(8) ? [101, -1, 2 ** 31 - 1] : [0, 1, 2, 3, 5, 7, 20, 99, 100]));
    if (name === 'after' || name === 'before') return asJson(this.#pick(this.scene.cursors));
    if (name === 'id') return asJson(this.#pick(this.#chance(8) ? this.scene.strangeIds : this.scene.ids));
    if (name === 'filter') return this.#filter();
    throw new Error(`No values are known for the argument ${name}.`);
  }

  #filter(): Drawn {
    const value: Record<string, unknown> = {};
    const literals: string[] = [];
    const add = (field: string, chosen: unknown, literal = JSON.stringify(chosen)) => {
      value[field] = chosen;
      literals.push(`${field}: ${literal}`);
    };
    if (this.#chance(3)) add('mine', this.#pick([true, false, null]));
    if (this.#chance(6)) add('deleted', this.#pick([true, false, null]));
    if (this.#chance(2)) {
      const max = this.#chance(8) ? 5 : 3;
      const statuses = this.draw(fc.array<string>, fc.constantFrom('DRAFT', 'PUBLISHED', 'ARCHIVED'), {
        maxLength: max,
      });
      add('statuses', statuses, `[${statuses.join(' ')}]`);
    }
    return { literal: `{${literals.join(', ')}}`, value };
  }

  #directives(): string {
    if (!this.#chance(7)) return '';
    const name = this.#pick(['include', 'skip']);
    const condition = this.#condition();
    const other = this.#chance(5)
      ? ` @${name === 'skip' ? 'include' : 'skip'}(if: ${this.#condition()})`
      : '';
    return ` @${name}(if: ${condition})${other}`;
  }

  #condition(): string {
    const value = this.draw(fc.boolean);
    const boolean = [...this.#variables].filter(([, { type }]) => type.startsWith('Boolean'));
    switch (this.draw(fc.nat, { max: 4 })) {
      case 0:
        return this.#variable('Boolean!', null, value);
      case 1:
        return this.#variable('Boolean', String(value), this.#pick([omitted, !value, null, value]));
      case 2:
        return this.#variable('Boolean!', String(value), this.#pick([omitted, !value]));
      case 3:
        return boolean.length > 0 ? `$${this.#pick(boolean)[0]}` : String(value);
      default:
        return String(value);
    }
  }

  #variable(type: string, preset: string | null, value: unknown): string {
    const name = `v${this.#variables.size}`;
    this.#variables.set(name, { type, preset, value });
    return `$${name}`;
  }

  #pick<T>(values: readonly T[]): T {
    return values[this.draw(fc.nat, { max: values.length - 1 })] as T;
  }

  /** True once in so many times. */
  #chance(times: number): boolean {
    return this.draw(fc.nat, { max: times - 1 }) === times - 1;
  }
}

export function randomOperation(draw: GeneratorValue, schema: GraphQLSchema, scene: Scene): RandomOperation {
  return new OperationWriter(draw, schema, scene).write();
}
