/** The two languages that Toban speaks. */

export type Locale = 'ja' | 'en';
