// uses asyncGenerator, iterate, iterateAsync
function lines(chunks) { let rest, $, $$2, $$3, chunk, parts, $$4, $$5, $$6, part; return $asyncGenerator(($t) => {
    for (;;) switch ($t.pc_) {
    case 0:
      rest = "";
      $ = $iterateAsync(chunks);
      $t.handler_ = 1;
    case 6:
      $t.pc_ = 2;
      $t.value_ = $.next_();
      return 1;
    case 1:
      $t.handler_ = 0;
      $$2 = $t.how_;
      $$3 = $t.value_;
      $t.how_ = 0;
    case 13:
      if ($.closing_($$2)) {
        $t.handler_ = 7;
        $t.pc_ = 8;
        $t.value_ = $.value_;
        return 1;
      }
    case 9:
      if ($$2 & 1) {
        $t.how_ = $$2;
        $t.value_ = $$3;
        return 4;
      }
      if (rest) {
        $t.pc_ = 10;
        $t.value_ = rest;
        return 1;
      }
    case 11:
      $t.value_ = void 0;
      return 0;
    case 2:
      if ($.has_($t.value_)) {
        (chunk = $.value_);
        parts = (rest + chunk).split("\n");
        rest = parts.pop();
        $$4 = $iterate(parts);
        $t.handler_ = 3;
        $t.pc_ = 5;
        continue;
      }
      $$2 = 0;
      $t.handler_ = 0;
      $t.pc_ = 13;
      continue;
    case 3:
      $t.handler_ = 1;
      $$5 = $t.how_;
      $$6 = $t.value_;
      $t.how_ = 0;
    case 12:
      $$4.close_($$5);
      if ($$5 & 1) {
        $t.how_ = $$5;
        $t.value_ = $$6;
        return 4;
      }
      $t.pc_ = 6;
      continue;
    case 4:
      $t.pc_ = 5;
      return 2;
    case 5:
      if ($$4.step_()) {
        (part = $$4.value_);
        $t.pc_ = 4;
        $t.value_ = part;
        return 1;
      }
      $$5 = 0;
      $t.handler_ = 1;
      $t.pc_ = 12;
      continue;
    case 7:
      $t.handler_ = 0;
      if ($t.how_ === 3) {
        $t.how_ = 3;
        $t.value_ = $t.value_;
        return 4;
      }
      $t.how_ = 0;
      if ($$2 !== 1) throw $t.value_;
      $t.pc_ = 9;
      continue;
    case 8:
      $.closed_($$2, $t.value_);
      $t.handler_ = 0;
      $t.pc_ = 9;
      continue;
    case 10:
      $t.pc_ = 11;
      return 2;
    }
  }); }
