// uses async, asyncGenerator, iterate
class Store extends Base {
  #items = [];
  add(...items) { let $arguments = arguments; return $async(($t) => {
    for (;;) switch ($t.pc_) {
    case 0:
      $t.pc_ = 1;
      $t.value_ = super.add(items, $arguments.length);
      return 1;
    case 1:
      $t.value_ = this.#items.push(...items);
      return 0;
    }
  }); }
  static all(stores) { let $, $$2, $$3, store; return $asyncGenerator(($t) => {
    for (;;) switch ($t.pc_) {
    case 0:
      $ = $iterate(stores);
      $t.handler_ = 1;
    case 2:
      if ($.step_()) {
        (store = $.value_);
        $t.pc_ = 2;
        $t.value_ = store.#items;
        return 3;
      }
      $$2 = 0;
      $t.handler_ = 0;
    case 3:
      $.close_($$2);
      if ($$2 & 1) {
        $t.how_ = $$2;
        $t.value_ = $$3;
        return 4;
      }
      $t.value_ = void 0;
      return 0;
    case 1:
      $t.handler_ = 0;
      $$2 = $t.how_;
      $$3 = $t.value_;
      $t.how_ = 0;
      $t.pc_ = 3;
      continue;
    }
  }); }
}
