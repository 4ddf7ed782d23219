/** The payment services domain's messages (ACT PSD). */
@NullMarked
package org.actsandbox.protocol.payment;

import org.jspecify.annotations.NullMarked;
