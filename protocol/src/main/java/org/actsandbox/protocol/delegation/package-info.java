/** Intents, authorities and their lifecycle (ACT ADD): ISR, IAC, states, offline verification. */
@NullMarked
package org.actsandbox.protocol.delegation;

import org.jspecify.annotations.NullMarked;
