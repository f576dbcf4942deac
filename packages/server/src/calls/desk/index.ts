export { type CarriedOutDeskCalls, carryOutDeskCalls } from './carry-out-desk-calls.ts';
export { deskCallChannel, expireDeskOrders } from './orders.ts';
export { type DeskCallTables, type DeskHeard, OPEN_DESK_STATES } from './tables.ts';
