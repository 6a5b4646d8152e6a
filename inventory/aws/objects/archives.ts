/** Archives of Glacier. */
import { regionalStore } from "../regionalStore";

export const archives = regionalStore("aws:glacier/vault:Vault", "name");
