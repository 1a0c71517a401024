import { ThreadWorker } from "poolifier";
import { burn, double } from "./functions.mjs";

export default new ThreadWorker({ double, burn });
