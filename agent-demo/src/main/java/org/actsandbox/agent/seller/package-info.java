/** Reads what seller agents announce and makes the signed requests for their services. */
@NullMarked
package org.actsandbox.agent.seller;

import org.jspecify.annotations.NullMarked;
