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
  static all(stores) { let $value, $how, $outcome, store; return $asyncGenerator(($t) => {
    for (;;) switch ($t.pc_) {
    case 0:
      $value = $iterate(stores);
      $t.handler_ = 1;
    case 2:
      if ($value.step_()) {
        (store = $value.value_);
        $t.pc_ = 2;
        $t.value_ = store.#items;
        return 3;
      }
      $how = 0;
    case 3:
      $t.handler_ = 0;
      $value.close_($how);
      if ($how & 1) {
        $t.how_ = $how;
        $t.value_ = $outcome;
        return 4;
      }
      $t.value_ = void 0;
      return 0;
    case 1:
      $how = $t.how_;
      $outcome = $t.value_;
      $t.how_ = 0;
      $t.pc_ = 3;
      continue;
    }
  }); }
}
