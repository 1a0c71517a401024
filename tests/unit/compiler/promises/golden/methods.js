class Store extends Base {
  #items = [];
  async add(...items) {
    await super.add(items, arguments.length);
    return this.#items.push(...items);
  }
  static async *all(stores) {
    for (const store of stores) yield* store.#items;
  }
}
