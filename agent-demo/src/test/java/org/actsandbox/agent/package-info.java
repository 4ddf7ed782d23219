/** Tests the buyer agent against merchants, a payment service and models over real HTTP. */
@NullUnmarked
package org.actsandbox.agent;

import org.jspecify.annotations.NullUnmarked;
