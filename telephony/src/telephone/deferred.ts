/** A promise that is settled once from outside; later settling is passed over. Never rejects. */
export class Deferred<T> {
  readonly promise: Promise<T>;
  #resolve: (value: T) => void;
  #value: { readonly value: T } | null = null;

  constructor() {
    const { promise, resolve } = Promise.withResolvers<T>();
    this.promise = promise;
    this.#resolve = resolve;
  }

  get settled(): boolean {
    return this.#value !== null;
  }

  /** The value, or null while there is none. */
  get value(): T | null {
    return this.#value === null ? null : this.#value.value;
  }

  /** True if this call settled it. */
  resolve(value: T): boolean {
    if (this.#value !== null) return false;
    this.#value = { value };
    this.#resolve(value);
    return true;
  }
}
