import { useTranslation } from 'react-i18next';
import { locale, speak } from '../texts/i18n.ts';

export function LanguageSwitch() {
  const { t } = useTranslation();
  const other = locale() === 'zh' ? 'en' : 'zh';
  return (
    <button type="button" className="tool" lang={other} onClick={() => speak(other)}>
      {t('nav.language')}
    </button>
  );
}
