/** The messages of the payment services domain (ACT PSD). */
@NullMarked
package org.actsandbox.protocol.payment;

import org.jspecify.annotations.NullMarked;
