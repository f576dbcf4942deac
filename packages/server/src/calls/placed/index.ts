export { claimOrder, expireOrders, placedCallChannel } from './orders.ts';
export { type OrderedCalls, placeOrderedCalls } from './place-ordered-calls.ts';
export { placedCallSounds } from './sounds.ts';
export { OPEN_STATES, type PlacedCallReason, type PlacedCallState, type PlacedCallTables } from './tables.ts';
