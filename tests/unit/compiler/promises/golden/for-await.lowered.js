// uses asyncGenerator, iterate, iterateAsync
function lines(chunks) { let rest, $value, $how, $outcome, chunk, parts, $value$2, $how$2, $outcome$2, part; return $asyncGenerator(($t) => {
    for (;;) switch ($t.pc_) {
    case 0:
      rest = "";
      $value = $iterateAsync(chunks);
      $t.handler_ = 1;
    case 6:
      $t.pc_ = 2;
      $t.value_ = $value.next_();
      return 1;
    case 1:
      $how = $t.how_;
      $outcome = $t.value_;
      $t.how_ = 0;
    case 13:
      $t.handler_ = 0;
      if ($value.closing_($how)) {
        $t.handler_ = 7;
        $t.pc_ = 8;
        $t.value_ = $value.value_;
        return 1;
      }
    case 9:
      if ($how & 1) {
        $t.how_ = $how;
        $t.value_ = $outcome;
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
      if ($value.has_($t.value_)) {
        (chunk = $value.value_);
        parts = (rest + chunk).split("\n");
        rest = parts.pop();
        $value$2 = $iterate(parts);
        $t.handler_ = 3;
        $t.pc_ = 5;
        continue;
      }
      $how = 0;
      $t.pc_ = 13;
      continue;
    case 3:
      $how$2 = $t.how_;
      $outcome$2 = $t.value_;
      $t.how_ = 0;
    case 12:
      $t.handler_ = 1;
      $value$2.close_($how$2);
      if ($how$2 & 1) {
        $t.how_ = $how$2;
        $t.value_ = $outcome$2;
        return 4;
      }
      $t.pc_ = 6;
      continue;
    case 4:
      $t.pc_ = 5;
      return 2;
    case 5:
      if ($value$2.step_()) {
        (part = $value$2.value_);
        $t.pc_ = 4;
        $t.value_ = part;
        return 1;
      }
      $how$2 = 0;
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
      if ($how !== 1) throw $t.value_;
      $t.pc_ = 9;
      continue;
    case 8:
      $value.closed_($how, $t.value_);
      $t.handler_ = 0;
      $t.pc_ = 9;
      continue;
    case 10:
      $t.pc_ = 11;
      return 2;
    }
  }); }
