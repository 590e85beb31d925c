import { breachOf, type StatutoryLimit, statutoryLimits } from './statutory-limits.ts';

const limitAt = (path: string): StatutoryLimit => {
  const found = statutoryLimits.find((limit) => limit.path.join('.') === path);
  if (!found) throw new Error(`no statutory limit at ${path}`);
  return found;
};

// 《公安机关督察条例》: 停止执行职务的期限为10日以上60日以下；禁闭的期限为1日以上7日以下。
describe.each([
  ['confinement', 1, 7],
  ['suspension', 10, 60],
])('%s lasts %i to %i days', (measure, least, most) => {
  describe.each(['min', 'max'])('%s', (bound) => {
    const limit = limitAt(`processes.measure.settings.${measure}.${bound}`);

    test.each([{ days: least }, { days: most }, { hours: most * 24 }, { days: most - 1, hours: 24 }])('%j is lawful', (stated) => {
      expect(breachOf(limit, stated)).toBeUndefined();
    });

    test.each([{ days: most, seconds: 1 }, { days: most + 1 }, { hours: least * 24 - 1 }, { days: 0 }])(
      '%j is not, and the answer names the regulation',
      (stated) => {
        expect(breachOf(limit, stated)).toEqual({
          zh: expect.stringContaining('《公安机关督察条例》'),
          en: expect.stringContaining('decree 603'),
        });
      },
    );

    test('working time is refused, however short: a holiday would stretch it', () => {
      expect(breachOf(limit, { workingDays: least })?.en).toContain('plain days or hours');
    });
  });
});
