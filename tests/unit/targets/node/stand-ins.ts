/**
 * Stand-ins for the gpiod tools, scripts in a folder that is put first on PATH.
 *
 * No real GPIO was there when this was written: the machine has no gpiochip. What the scripts accept and print was
 * read from libgpiod's sources (2.3) and from the real tools of Debian 12 (1.6.3); they refuse every other option, a
 * chip that does not exist and a line that another process holds, as the real ones do. By hand the provider was also
 * run with the real tools, 1.6.3 and 2.3 with and without interactive mode, over made-up ioctls. Nothing here shows
 * the kernel's timing, bias and drive, nor a line that loses edges.
 *
 *   gpiochip0    the chip          level-17     what gpioget reads        edges-17    what gpiomon prints
 *   log          one line a call   held-17      process that holds it     fail        makes every tool fail so
 */
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Dialect = "v1" | "v2" | "v2 without interactive mode";

/** A folder of stand-ins that PATH points to until `remove`. */
export interface StandIns {
  readonly folder: string;
  readonly chip: string;
  /** Makes `gpioget` read `level`. */
  set(line: number, level: 0 | 1): void;
  /** Makes `gpiomon` report an edge to `level`. */
  edge(line: number, level: 0 | 1): void;
  /** Makes every tool fail with `reason`, as strerror() words it. */
  fail(reason: string): void;
  /** Makes `setpriv` fail, as where there is no util-linux. */
  withoutSetpriv(): void;
  /** The calls so far, without `--version` and `--help`. */
  calls(): string[];
  /** The process that holds `line`, if it lives. */
  holder(line: number): number | null;
  remove(): void;
}

/** Writes the tools of `dialect` to a new folder. */
export function standIns(dialect: Dialect): StandIns {
  const folder = mkdtempSync(join(tmpdir(), "dormouse-gpiod-"));
  const tools = dialect === "v1" ? v1 : v2(dialect === "v2");
  for (const [name, body] of Object.entries(tools)) write(folder, name, body);
  writeFileSync(join(folder, "gpiochip0"), "");
  const path = process.env["PATH"] ?? "";
  process.env["PATH"] = `${folder}:${path}`;
  const at = (name: string): string => join(folder, name);
  const [low, high] = dialect === "v1" ? ["0", "1"] : ["falling", "rising"];
  return {
    folder,
    chip: at("gpiochip0"),
    set: (line, level) => {
      writeFileSync(at(`level-${line}`), `${level}`);
    },
    edge: (line, level) => {
      appendFileSync(at(`edges-${line}`), `${level === 1 ? high : low}\n`);
    },
    fail: (reason) => {
      writeFileSync(at("fail"), reason);
    },
    withoutSetpriv: () => {
      write(folder, "setpriv", "exit 1");
    },
    calls: () => (existsSync(at("log")) ? readFileSync(at("log"), "utf8").trim().split("\n") : []),
    holder: (line) => holderOf(at(`held-${line}`)),
    remove: () => {
      process.env["PATH"] = path;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function holderOf(file: string): number | null {
  if (!existsSync(file)) return null;
  const pid = Number(readFileSync(file, "utf8"));
  return isAlive(pid) ? pid : null;
}

/** Whether process `pid` is there, and no zombie that nobody has waited for yet. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

function write(folder: string, name: string, body: string): void {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\nfolder=${folder}\ntool=${name}\n${COMMON}\n${body}`);
  chmodSync(file, 0o755);
}

const COMMON = `
die() { echo "$tool: $1" >&2; exit 1; }
log() { echo "$tool $*" >> "$folder/log"; }
fails() { [ -e "$folder/fail" ] && die "$1: $(cat "$folder/fail")"; true; }
chip() { [ -e "$1" ] || die "$2: No such file or directory"; }
offset() { case "$1" in ""|*[!0-9]*) die "invalid GPIO offset: $1";; esac; }
take() {
  if [ -e "$folder/held-$1" ] && kill -0 "$(cat "$folder/held-$1")" 2>/dev/null; then
    die "$2: Device or resource busy"
  fi
  echo $$ > "$folder/held-$1"
}
mapping() {
  line=\${1%%=*}; value=\${1#*=}; offset "$line"
  case "$value" in 0|1) ;; *) die "invalid offset<->value mapping: $1";; esac
}
edges() { touch "$folder/edges-$1"; exec tail -n +1 -f "$folder/edges-$1"; }
level() { if [ -e "$folder/level-$1" ]; then cat "$folder/level-$1"; echo; else echo 0; fi; }
bias1() { case "$1" in --bias=as-is|--bias=disable|--bias=pull-up|--bias=pull-down) ;; *) die "invalid bias: $1";; esac; }
bias2() { case "$1" in pull-down|pull-up|disabled) ;; *) die "invalid bias: $1";; esac; }
unknown() { die "unrecognized option '$1'"; }
`;

const v1: Record<string, string> = {
  gpiodetect: `
[ "$1" = --version ] && { echo "gpiodetect (libgpiod) v1.6.3"; echo "Copyright (C) 2017-2018"; exit 0; }
echo "gpiochip0 [pinctrl-bcm2711] (58 lines)"`,
  gpioget: `
log "$@"; fails "error reading GPIO values"
while [ $# -gt 0 ]; do case "$1" in --bias=*) bias1 "$1";; -*) unknown "$1";; *) break;; esac; shift; done
chip "$1" "error reading GPIO values"; offset "$2"; [ $# = 2 ] || die "one line here"
level "$2"`,
  gpiomon: `
log "$@"; fails "error waiting for events"; buffered=no
while [ $# -gt 0 ]; do case "$1" in
  --line-buffered) buffered=yes;; --format=%e) ;; --bias=*) bias1 "$1";; -*) unknown "$1";; *) break;;
esac; shift; done
[ $buffered = yes ] || die "nothing would be seen of 4 kB of edges"
chip "$1" "error waiting for events"; offset "$2"; [ $# = 2 ] || die "one line here"
take "$2" "error waiting for events"; edges "$2"`,
  gpioset: `
[ "$1" = --help ] && { echo "  -m, --mode=[exit|wait|time|signal]"; exit 0; }
log "$@"; fails "error setting the GPIO line values"; mode=exit
while [ $# -gt 0 ]; do case "$1" in --mode=signal) mode=signal;; -*) unknown "$1";; *) break;; esac; shift; done
chip "$1" "error setting the GPIO line values"; mapping "$2"; [ $# = 2 ] || die "one line here"
take "$line" "error setting the GPIO line values"
[ $mode = exit ] && exit 0
exec sleep 1000`,
};

/** In 2.x offsets are offsets only beside a chip, and gpioset waits by itself. */
const v2 = (isInteractive: boolean): Record<string, string> => ({
  gpiodetect: `
[ "$1" = --version ] && { echo "gpiodetect v2.2.1 (libgpiod v2.2.1)"; echo "Copyright (C) 2017-2023"; exit 0; }
echo "gpiochip0 [pinctrl-rp1] (54 lines)"`,
  gpioget: `
log "$@"; fails "unable to request lines"; chip=; numeric=no
while [ $# -gt 0 ]; do case "$1" in
  --chip) shift; chip=$1;; --consumer) shift;; --numeric) numeric=yes;; --bias) shift; bias2 "$1";;
  -*) unknown "$1";; *) break;;
esac; shift; done
[ -e "$chip" ] || die "cannot find GPIO chip character device '$chip'"; offset "$1"; [ $# = 1 ] || die "one line here"
if [ $numeric = yes ]; then level "$1"; else echo "\\"$1\\"=inactive"; fi`,
  gpiomon: `
log "$@"; fails "unable to request lines on chip"; chip=; format=
while [ $# -gt 0 ]; do case "$1" in
  --chip) shift; chip=$1;; --consumer) shift;; --bias) shift; bias2 "$1";; --format) shift; format=$1;;
  --edges) shift; case "$1" in rising|falling|both) ;; *) die "invalid edges: $1";; esac;;
  -*) unknown "$1";; *) break;;
esac; shift; done
[ "$format" = %E ] || die "these edges are words"
[ -e "$chip" ] || die "cannot find GPIO chip character device '$chip'"; offset "$1"; [ $# = 1 ] || die "one line here"
take "$1" "unable to request lines on chip $chip"; edges "$1"`,
  gpioset: `
[ "$1" = --help ] && { ${isInteractive ? 'echo "  -i, --interactive	set the lines then wait"' : "true"}; exit 0; }
log "$@"; fails "unable to request lines on chip"; chip=; interactive=no
while [ $# -gt 0 ]; do case "$1" in
  --chip) shift; chip=$1;; --consumer) shift;; ${isInteractive ? "--interactive) interactive=yes;;" : ""}
  -*) unknown "$1";; *) break;;
esac; shift; done
[ -e "$chip" ] || die "cannot find GPIO chip character device '$chip'"; mapping "$1"; [ $# = 1 ] || die "one line here"
take "$line" "unable to request lines on chip '$chip'"
[ $interactive = no ] && exec sleep 1000
while :; do
  printf "gpioset> "
  if read -r command arguments; then log "> $command $arguments"; else sleep 0.1; fi
done`,
});
