import { CITY_NAME, PRODUCT_NAME } from '../product.ts';

/** Mark, product and city. */
export function Brand() {
  return (
    <span className="flex items-center gap-3">
      <svg aria-hidden="true" viewBox="0 0 32 32" className="size-9 shrink-0">
        <rect width="32" height="32" rx="6" className="fill-key-900" />
        <path
          d="M6 25V9a3 3 0 0 1 3-3h14a3 3 0 0 1 3 3v16"
          fill="none"
          className="stroke-white"
          strokeWidth="2.4"
        />
        <path d="M4 25h24" className="stroke-white" strokeWidth="2.8" strokeLinecap="round" />
        <path
          d="M12 12c0 4.600 3.200 8 8 8l.9-2.600-2.700-1.300-1 1a6 6 0 0 1-2.700-2.700l1-1-1.300-2.700z"
          className="fill-white"
        />
      </svg>
      <span className="flex flex-col">
        <span className="text-std-18B-160 leading-130 text-solid-gray-900">{PRODUCT_NAME}</span>
        <span className="text-dns-14N-130 text-solid-gray-700">{CITY_NAME}　電話自動応答</span>
      </span>
    </span>
  );
}
