/** Lets one loop sleep until it is woken or a time has passed; a wake while it is busy is not lost. */
export class Waker {
  #woken = false;
  #rouse: (() => void) | null = null;

  wake(): void {
    this.#woken = true;
    this.#rouse?.();
  }

  async sleep(ms: number): Promise<void> {
    if (!this.#woken) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#rouse = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#rouse = null;
    }
    this.#woken = false;
  }
}
