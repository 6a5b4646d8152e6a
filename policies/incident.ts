/** The rows of the incident, in the words by which policies and docs call them. */
import type { IncidentRow } from "./policy";

export interface IncidentEntry {
  readonly row: IncidentRow;
  readonly finding: string;
  /** What of the row no stack can show, and so no policy judges. */
  readonly outside?: string;
}

export const incidentRows: readonly IncidentEntry[] = [
  { row: "1", finding: "A fire in one battery room; the power of the whole building was cut" },
  { row: "2", finding: "A tenant moved to its own other site and recovered from 3 h on, the messenger took 127.5 h" },
  { row: "3", finding: "Three more data centres, without the work and without the room to take it over" },
  { row: "4", finding: "Data had to be copied at the moment of the disaster" },
  {
    row: "5",
    finding: "Manuals for fire, hacking and other disasters were in doubt",
    outside: "Whether a manual is good; that there is one, and where, is read.",
  },
  { row: "6", finding: "Users of a healthy exchange could not log in: two vendors' accounts were the only ways" },
  {
    row: "7",
    finding: "A ride could not be returned and its fee ran on",
    outside: "Whether the program stops a meter that it cannot close.",
  },
  { row: "8", finding: "A fire in one telecom building had stopped card payments in a district" },
  { row: "9", finding: "Paid services were compensated, free ones not; what a critical service needs is critical" },
  {
    row: "10",
    finding: "Was the budget for disasters adequate for the revenue?",
    outside: "The budget itself.",
  },
  { row: "K1", finding: "Most services and core functions in one facility" },
  { row: "K2", finding: "Five layers active there and standby elsewhere; the standby did not take over" },
  { row: "K3", finding: "The tools that promote a standby were duplexed only inside that facility" },
  { row: "K4", finding: "So did the automatic switch-over system" },
  { row: "K5", finding: "Login, needed first at start-up, was there; it took affiliates down" },
  { row: "K6", finding: "The whole was as redundant as its weakest system" },
  { row: "K7", finding: "Too little spare capacity for the loss of a whole facility" },
  { row: "K8", finding: "Monitoring duplexed poorly" },
  { row: "K9", finding: "The uninterruptible supply stood beside its batteries; all power was cut" },
  {
    row: "K10",
    finding: "Gas does not put out lithium-ion; the battery monitor saw nothing",
    outside: "What the battery monitor sees; chemistry and separation are read from the sites' catalogue.",
  },
  { row: "K11", finding: "Power zones and breakers could not be told apart in time" },
  {
    row: "K12",
    finding: "A manual, but no detailed plan and no drill",
    outside: "Whether the drill was a good one; its age is read from the sites' catalogue.",
  },
  {
    row: "K13",
    finding: "Users were told late",
    outside: "What a notice says, and how soon somebody writes it.",
  },
  { row: "K14", finding: "No control tower early on", outside: "Who leads on the day; a service's owner is read." },
  {
    row: "K15",
    finding: "The peer's services stayed up, with errors while switching",
    outside: "Data after a switch: a drill checks it.",
  },
  { row: "K16", finding: "Messaging and login should be multiplexed more than twice" },
];
