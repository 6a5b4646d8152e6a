/** The plan of one service: how many units in which site. An estate's configuration is checked by the same plan. */
export { planService, type PlannedSite, type ServicePlan, type ServicePlanInput } from "../../estate/servicePlan";
