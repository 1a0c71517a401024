// uses generator, iterate
function walk(tree, depth = 0) { let name, first, others, reply, $value, $how, $outcome, child; return $generator(($t) => {
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
      $value = $iterate(others);
      $t.handler_ = 3;
    case 4:
      if ($value.step_()) {
        (child = $value.value_);
        $t.pc_ = 4;
        $t.value_ = walk(child, depth + 1);
        return 3;
      }
      $how = 0;
    case 5:
      $t.handler_ = 0;
      $value.close_($how);
      if ($how & 1) {
        $t.how_ = $how;
        $t.value_ = $outcome;
        return 4;
      }
      $t.value_ = void 0;
      return 0;
    case 3:
      $how = $t.how_;
      $outcome = $t.value_;
      $t.how_ = 0;
      $t.pc_ = 5;
      continue;
    }
  }); }
