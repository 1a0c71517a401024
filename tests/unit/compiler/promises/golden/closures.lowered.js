// uses async, iterate
function watch(buttons) { let presses, total, $, $$2, $$3, button, count; return $async(($t) => {
    for (;;) switch ($t.pc_) {
    case 0:
      presses = [];
      total = 0;
      $ = $iterate(buttons);
      $t.handler_ = 1;
    case 3:
      if ($.step_()) {
        button = { v: undefined };
        (button.v = $.value_);
        count = { v: undefined };
        $t.pc_ = 2;
        $t.value_ = button.v.presses();
        return 1;
      }
      $$2 = 0;
      $t.handler_ = 0;
    case 4:
      $.close_($$2);
      if ($$2 & 1) {
        $t.how_ = $$2;
        $t.value_ = $$3;
        return 4;
      }
      $t.value_ = { presses: presses, total: () => total };
      return 0;
    case 1:
      $t.handler_ = 0;
      $$2 = $t.how_;
      $$3 = $t.value_;
      $t.how_ = 0;
      $t.pc_ = 4;
      continue;
    case 2:
      count.v = $t.value_;
      presses.push((($b_count, $b_button) => (() => { let $$4; return $async(($t) => {
    for (;;) switch ($t.pc_) {
    case 0:
      $$4 = total;
      $t.pc_ = 1;
      $t.value_ = $b_count.v;
      return 1;
    case 1:
      total = $$4 + ($t.value_);
      $t.value_ = () => `${$b_button.v.name} ${++$b_count.v}`;
      return 0;
    }
  }); }))(count, button));
      $t.pc_ = 3;
      continue;
    }
  }); }
