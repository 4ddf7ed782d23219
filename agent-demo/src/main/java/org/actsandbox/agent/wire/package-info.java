/** Calls merchants, the payment service and the delegation service. */
@NullMarked
package org.actsandbox.agent.wire;

import org.jspecify.annotations.NullMarked;
