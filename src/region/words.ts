/** One text in the languages of the boards: German is the master. */
export type Words = { readonly de: string; readonly en: string };

/** The values a field can take, each with what it is called: this is where free text would otherwise creep in. */
export type Choices = { readonly [value: string]: Words };
