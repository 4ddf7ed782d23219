/** Calls to merchants and to the payment service. */
@NullMarked
package org.actsandbox.agent.wire;

import org.jspecify.annotations.NullMarked;
