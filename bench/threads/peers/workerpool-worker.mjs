import workerpool from "workerpool";
import { burn, double } from "./functions.mjs";

workerpool.worker({ double, burn });
