import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { OwnLook } from '../../contract/own-file.ts';
import { Panel } from '../../parts/panel.tsx';
import { dateAndTime } from '../../time/instants.ts';

const AT_ONCE = 20;

/** Who else looked at the reader's own cases, newest first. */
export function Looks({ looks }: { readonly looks: readonly OwnLook[] }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(AT_ONCE);
  return (
    <Panel title={t('me.looks')} isEmpty={looks.length === 0} empty={t('me.noLooks')}>
      {looks.slice(0, shown).map(({ case: number, name, what, at }, index) => (
        <Link key={index} to={`/cases/${number}`} className="row">
          <span className="row-main">
            {name}
            <span className="quiet">
              {number} · {t(`me.looked.${what.split(' ')[0]}`, { defaultValue: what })}
            </span>
          </span>
          <time dateTime={at} className="quiet">
            {dateAndTime(at)}
          </time>
        </Link>
      ))}
      {looks.length > shown && (
        <Button block type="text" onClick={() => setShown(shown + 5 * AT_ONCE)}>
          {t('inbox.more')}
        </Button>
      )}
    </Panel>
  );
}
