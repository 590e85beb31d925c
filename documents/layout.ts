/**
 * How an official document is laid out. Lengths in points (1/72 inch).
 * @source GB/T 9704-2012: A4, margins 37/35/28/26 mm, title in size 2 (22 pt), text in size 3 (16 pt) on 28 to 29 pt, page number in size 4 (14 pt) between dashes
 */
const mm = (length: number): number => (length * 72) / 25.4;

export const layout = {
  page: { width: mm(210), height: mm(297) },
  margin: { top: mm(37), bottom: mm(35), left: mm(28), right: mm(26) },
  title: 22,
  text: 16,
  line: 28.95,
  pageNumber: 14,
} as const;

/** Two characters: how far the first line of a paragraph stands in. */
export const indent = 2 * layout.text;
