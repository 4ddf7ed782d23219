/** Exact amounts with their currency. */
@NullMarked
package org.actsandbox.protocol.money;

import org.jspecify.annotations.NullMarked;
