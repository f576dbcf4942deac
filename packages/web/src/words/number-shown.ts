/** '090-0000-0001' for numbers of 11 digits; others as they are, since only the server knows the area codes. */
export function numberShown(digits: string): string {
  return digits.length === 11 ? digits.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1-$2-$3') : digits;
}
