// uses async, iterate
function watch(buttons) { let presses, total, $value, $how, $outcome, button, count; return $async(($t) => {
    for (;;) switch ($t.pc_) {
    case 0:
      presses = [];
      total = 0;
      $value = $iterate(buttons);
      $t.handler_ = 1;
    case 3:
      if ($value.step_()) {
        button = { v: undefined };
        (button.v = $value.value_);
        count = { v: undefined };
        $t.pc_ = 2;
        $t.value_ = button.v.presses();
        return 1;
      }
      $how = 0;
    case 4:
      $t.handler_ = 0;
      $value.close_($how);
      if ($how & 1) {
        $t.how_ = $how;
        $t.value_ = $outcome;
        return 4;
      }
      $t.value_ = { presses: presses, total: () => total };
      return 0;
    case 1:
      $how = $t.how_;
      $outcome = $t.value_;
      $t.how_ = 0;
      $t.pc_ = 4;
      continue;
    case 2:
      count.v = $t.value_;
      presses.push((($b_count, $b_button) => (() => { let $value$2; return $async(($t) => {
    for (;;) switch ($t.pc_) {
    case 0:
      $value$2 = total;
      $t.pc_ = 1;
      $t.value_ = $b_count.v;
      return 1;
    case 1:
      total = $value$2 + ($t.value_);
      $t.value_ = () => `${$b_button.v.name} ${++$b_count.v}`;
      return 0;
    }
  }); }))(count, button));
      $t.pc_ = 3;
      continue;
    }
  }); }
