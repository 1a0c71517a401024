/** What the engine itself takes for poll.ts: a loop over 200 frames that calls the code of each, and nothing else. */
import "./round.js";

interface Frame {
  readonly poll: (frame: Frame) => boolean;
  turns: number;
}

const TASKS = 200;

let left = 0;

const frames: Frame[] = [];
for (let i = 0; i < TASKS; i++) {
  // A function of each frame's own: which one is called, the engine cannot know.
  frames.push({
    turns: 0,
    poll: (frame) => {
      frame.turns++;
      return left-- > 0;
    },
  });
}

export default function main(): void {
  left = round.switches;
  let isReady = true;
  while (isReady) for (const frame of frames) isReady = frame.poll(frame);
  round.end();
}
