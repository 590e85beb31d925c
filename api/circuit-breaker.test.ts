import { circuitBreaker } from './circuit-breaker.ts';

test('after three failures in a row one call a second goes through, until one succeeds', () => {
  let now = 0;
  const breaker = circuitBreaker(() => now);
  breaker.failed();
  breaker.failed();
  expect([breaker.allows(), breaker.isClosed]).toEqual([true, true]);
  breaker.failed();
  expect([breaker.allows(), breaker.isClosed]).toEqual([false, false]);
  now = 1000;
  expect([breaker.allows(), breaker.allows()]).toEqual([true, false]);
  breaker.succeeded();
  expect([breaker.allows(), breaker.allows(), breaker.isClosed]).toEqual([true, true, true]);
});

test('a success between failures keeps it closed', () => {
  const breaker = circuitBreaker(() => 0);
  for (let round = 0; round < 5; round += 1) {
    breaker.failed();
    breaker.failed();
    breaker.succeeded();
  }
  expect(breaker.allows()).toBe(true);
});
