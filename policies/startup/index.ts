export { startupCycle } from "./startup-cycle";
export { startupInOneSite } from "./startup-in-one-site";
