/** Stands in the header until the city's name comes from the settings. */
export const CITY_NAME = '○○市';
export const PRODUCT_NAME = '窓口 Madoguchi';

/** Calls that one telephone number carries at once. */
export const LINES_PER_NUMBER = 50;
