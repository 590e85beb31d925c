import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { pageBehind } from '../../contract/behind.ts';
import type { CoverageItem, FigureGroup, FigureNumber } from '../../contract/figures.ts';
import { Nothing } from '../../parts/states.tsx';
import { said } from '../../texts/i18n.ts';
import { date } from '../../time/instants.ts';
import { FigureTable } from './figure-table.tsx';
import { inWords } from './number-words.ts';
import { RateBar } from './rate-bar.tsx';

/** 覆盖率: how much of each list was covered, where, and who is missing by name. */
export function Coverage({ items }: { readonly items: readonly CoverageItem[] }) {
  const { t } = useTranslation();
  if (items.length === 0) return <Nothing>{t('figures.nothing')}</Nothing>;
  return items.map((item) => <Covered key={`${item.process} ${item.case} ${item.key}`} item={item} />);
}

function Covered({ item }: { readonly item: CoverageItem }) {
  const { t } = useTranslation();
  const { processTitle, title, case: round, openedAt, rate, goal, toCover, covered } = item;
  const name = `${said(processTitle)} · ${said(title)}`;
  return (
    <section className="covered" aria-label={name}>
      <div className="covered-head">
        <h2>{name}</h2>
        <span className="quiet">
          {round !== null && <Link to={`/cases/${round}`}>{round}</Link>}
          {openedAt !== null && ` · ${date(openedAt)}`}
        </span>
      </div>
      <p className="rate">
        <span className={rate !== null && rate < goal ? 'share short' : 'share'}>{inWords('percent', rate)}</span>{' '}
        <span>{t('figures.covered', { covered, toCover, goal })}</span>
      </p>
      <RateBar rate={rate} />
      <div className="side-by-side">
        <FigureTable group={byUnit(item)} />
        <Missing item={item} />
      </div>
    </section>
  );
}

/** As every other figure is shown. */
function byUnit({ byUnit: units }: CoverageItem): FigureGroup {
  const plain = (value: number | null): FigureNumber => ({ value, link: null });
  return {
    by: 'unit',
    title: { zh: '按单位', en: 'By unit' },
    columns: [
      { key: 'toCover', of: 'people', title: { zh: '应覆盖', en: 'To cover' } },
      { key: 'covered', of: 'people', title: { zh: '已覆盖', en: 'Covered' } },
      { key: 'missing', of: 'people', title: { zh: '未覆盖', en: 'Missing' } },
      { key: 'rate', of: 'percent', title: { zh: '覆盖率', en: 'Covered' } },
    ],
    rows: units.map(({ unit, unitName, toCover, covered, missing, rate, link }) => ({
      key: unit,
      title: { zh: unitName, en: unitName },
      numbers: { toCover: plain(toCover), covered: plain(covered), missing: { value: missing, link }, rate: plain(rate) },
    })),
  };
}

function Missing({ item: { missingPeople, missing, link } }: { readonly item: CoverageItem }) {
  const { t } = useTranslation();
  return (
    <section className="panel" aria-label={t('figures.missing')}>
      <div className="panel-head">
        <h3>{t('figures.missing')}</h3>
        <Link to={pageBehind(link)}>{t('figures.missingAll', { count: missing })}</Link>
      </div>
      {missingPeople.length === 0 ? (
        <Nothing>{t('figures.nobodyMissing')}</Nothing>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard, too
        <ul className="missing-people" tabIndex={0} aria-label={t('figures.missing')}>
          {missingPeople.map(({ person, personName, unit, unitName, assigneeName, dueAt }) => (
            <li key={person ?? unit}>
              <span>
                <strong>{personName ?? unitName}</strong> {personName !== null && <span className="quiet">{unitName}</span>}
              </span>
              <span className="quiet">
                {assigneeName !== null && t('figures.seesToIt', { name: assigneeName })} {dueAt !== null && date(dueAt)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
