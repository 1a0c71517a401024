// uses generator, iterate
function walk(tree, depth = 0) { let name, first, others, reply, $, $$2, $$3, child; return $generator(($t) => {
    for (;;) switch ($t.pc_) {
    case 0:
      ({ name: name, children: [first, ...others] = [] } = tree);
      $t.pc_ = 1;
      $t.value_ = { name: name, depth: depth };
      return 2;
    case 1:
      reply = $t.value_;
      if (reply === "skip") { $t.value_ = void 0; return 0; }
      if (first) {
        $t.pc_ = 2;
        $t.value_ = walk(first, depth + 1);
        return 3;
      }
    case 2:
      $ = $iterate(others);
      $t.handler_ = 3;
    case 4:
      if ($.step_()) {
        (child = $.value_);
        $t.pc_ = 4;
        $t.value_ = walk(child, depth + 1);
        return 3;
      }
      $$2 = 0;
      $t.handler_ = 0;
    case 5:
      $.close_($$2);
      if ($$2 & 1) {
        $t.how_ = $$2;
        $t.value_ = $$3;
        return 4;
      }
      $t.value_ = void 0;
      return 0;
    case 3:
      $t.handler_ = 0;
      $$2 = $t.how_;
      $$3 = $t.value_;
      $t.how_ = 0;
      $t.pc_ = 5;
      continue;
    }
  }); }
