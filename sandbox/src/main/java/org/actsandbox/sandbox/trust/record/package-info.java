/**
 * This package makes off-chain records: from the event's outbox to the holder's record and its
 * anchor (TSD-ATT-OFF).
 */
@NullMarked
package org.actsandbox.sandbox.trust.record;

import org.jspecify.annotations.NullMarked;
