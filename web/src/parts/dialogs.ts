/** Where dialogs are put. Elsewhere than in the body, since there the component library would lock its scrolling by a style that the content security policy refuses. */
export const DIALOGS = '#dialogs';
