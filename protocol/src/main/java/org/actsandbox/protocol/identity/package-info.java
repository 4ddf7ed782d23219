/** Who a participant is, and how it signs and is verified. */
@NullMarked
package org.actsandbox.protocol.identity;

import org.jspecify.annotations.NullMarked;
