import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { locale, speak } from '../texts/i18n.ts';

export function LanguageSwitch() {
  const { t } = useTranslation();
  const other = locale() === 'zh' ? 'en' : 'zh';
  return (
    <Button type="text" lang={other} onClick={() => speak(other)}>
      {t('nav.language')}
    </Button>
  );
}
