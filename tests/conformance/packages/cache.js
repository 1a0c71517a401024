/** A cache that loads what it lacks, once, and forgets what was not used for longest. */
export class Cache {
  static defaults = { limit: 2 };

  constructor(load, options) {
    this.load = load;
    this.options = { ...Cache.defaults, ...options };
    this.entries = {};
    this.order = [];
  }

  async get(key) {
    const known = this.entries[key];
    this.order = [...this.order.filter((each) => each !== key), key];
    if (known !== undefined) return known;
    const loading = (async () => {
      const value = await this.load(key);
      return { key, value };
    })();
    this.entries[key] = loading.then(({ value }) => value);
    this.trim();
    try {
      return await this.entries[key];
    } catch (error) {
      delete this.entries[key];
      this.order = this.order.filter((each) => each !== key);
      throw error;
    }
  }

  trim() {
    while (this.order.length > this.options.limit) delete this.entries[this.order.shift()];
  }

  get keys() {
    return Object.keys(this.entries).sort().join();
  }
}
