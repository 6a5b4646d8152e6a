import { Estate, estateOfStack } from "./components";

/** config → estate → components → outputs */
export const { services, nameServers } = new Estate("estate", estateOfStack(__dirname));
