/** Reads what agents and the PSP send: signature over the message as it came, then its fields. */
@NullMarked
package org.actsandbox.merchants.message;

import org.jspecify.annotations.NullMarked;
