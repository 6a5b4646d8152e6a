import { Estate, estateOfStack } from "duplex";

// What stands under `duplex:estate` in Pulumi.<stack>.yaml becomes resources. Resources of your own go below.
export const { services, nameServers } = new Estate("estate", estateOfStack(__dirname));
