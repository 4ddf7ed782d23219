/** The delegation service: from an agent's ISR over the principal's PIN to an IAC and its life. */
@NullMarked
package org.actsandbox.sandbox.delegation;

import org.jspecify.annotations.NullMarked;
