import fc from 'fast-check';
import { LruCache } from '../../src/kernel/lru-cache.js';

describe('a cache of the most recently used', () => {
  it('forgets what was used longest ago, once it holds more bytes than it may', () => {
    const cache = new LruCache<number>(10);
    cache.set('a', 1, 4);
    cache.set('b', 2, 4);
    expect(cache.get('a')).toBe(1);
    cache.set('c', 3, 4);
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
  });

  it('counts an entry that is set again once', () => {
    const cache = new LruCache<number>(10);
    cache.set('a', 1, 8);
    cache.set('a', 2, 3);
    expect([cache.bytes, cache.get('a')]).toEqual([3, 2]);
  });

  it('does not keep what is larger than everything it may hold', () => {
    const cache = new LruCache<number>(10);
    cache.set('a', 1, 11);
    expect([cache.bytes, cache.get('a')]).toEqual([0, undefined]);
  });

  it('never holds more than it may, and what it counts is what it holds', () => {
    const steps = fc.array(
      fc.tuple(fc.constantFrom('set', 'get', 'delete'), fc.constantFrom(...'abcdefgh'), fc.nat({ max: 40 })),
    );
    fc.assert(
      fc.property(steps, (all) => {
        const cache = new LruCache<number>(100);
        for (const [step, key, bytes] of all) {
          if (step === 'set') cache.set(key, bytes, bytes);
          else if (step === 'get') cache.get(key);
          else cache.delete(key);
          expect(cache.bytes).toBeLessThanOrEqual(100);
        }
        const held = [...'abcdefgh'].reduce((sum, key) => sum + (cache.get(key) ?? 0), 0);
        expect(cache.bytes).toBe(held);
      }),
    );
  });
});
