/** Intent, authority and their life (ACT ADD): ISR, IAC, states, offline verification. */
@NullMarked
package org.actsandbox.protocol.delegation;

import org.jspecify.annotations.NullMarked;
