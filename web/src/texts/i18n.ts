import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Locale, Text } from '../contract/types.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

const KEPT = 'fivefold.language';

const asLocale = (tag: string | null): Locale | null => (tag === 'zh' || tag === 'en' ? tag : null);

export const i18n = i18next.createInstance();

/** Chinese unless the reader chose English, or their browser asks for it and not for Chinese. */
export async function startTexts(): Promise<void> {
  const kept = asLocale(localStorage.getItem(KEPT));
  const fromBrowser = navigator.languages.some((tag) => tag.startsWith('zh')) || !navigator.languages[0]?.startsWith('en') ? 'zh' : 'en';
  await i18n.use(initReactI18next).init({
    lng: kept ?? fromBrowser,
    fallbackLng: 'zh',
    resources: { zh: { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = i18n.language;
}

/** Texts of pages that few open come with those pages. */
export function addTexts(part: string, texts: Readonly<Record<Locale, object>>): void {
  for (const [language, of] of Object.entries(texts)) i18n.addResourceBundle(language, 'translation', { [part]: of }, true);
}

export async function speak(locale: Locale): Promise<void> {
  localStorage.setItem(KEPT, locale);
  await i18n.changeLanguage(locale);
  document.documentElement.lang = locale;
}

export const locale = (): Locale => asLocale(i18n.language) ?? 'zh';

/** A text that came from the API in both languages. */
export const said = (text: Text | null | undefined): string => text?.[locale()] ?? '';
