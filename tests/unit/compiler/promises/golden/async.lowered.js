// uses async, asyncWith
export function retry($0) { return $asyncWith((attempt, tries = 3) => { let number, $how, $outcome, error; return ($t) => {
    for (;;) switch ($t.pc_) {
    case 0:
      number = 1;
    case 4:
      $t.handler_ = 1;
      $t.pc_ = 2;
      $t.value_ = attempt(number);
      return 1;
    case 1:
      $t.handler_ = 5;
      $t.how_ = 0;
      error = $t.value_;
      if (number === tries) throw error;
      $how = 0;
    case 6:
      $t.handler_ = 0;
      $t.pc_ = 3;
      $t.value_ = pause(number);
      return 1;
    case 2:
      $outcome = $t.value_;
      $how = 2;
      $t.pc_ = 6;
      continue;
    case 3:
      if ($how & 1) {
        $t.how_ = $how;
        $t.value_ = $outcome;
        return 4;
      }
      if ($how === 2) {
        $t.value_ = $outcome;
        return 0;
      }
      number++;
      $t.pc_ = 4;
      continue;
    case 5:
      $how = $t.how_;
      $outcome = $t.value_;
      $t.how_ = 0;
      $t.pc_ = 6;
      continue;
    }
  }; }, arguments); }
const double = (x) => { return $async(($t) => {
    for (;;) switch ($t.pc_) {
    case 0:
      $t.pc_ = 1;
      $t.value_ = x;
      return 1;
    case 1:
      $t.value_ = 2 * ($t.value_);
      return 0;
    }
  }); };
