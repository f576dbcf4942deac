export { askingWords } from './dialogue.ts';
export { createNumberAsking, type NumberAsking } from './number-asking.ts';
