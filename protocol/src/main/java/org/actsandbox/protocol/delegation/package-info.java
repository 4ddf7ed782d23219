/**
 * Intents, authorities and their lifecycle (ACT ADD): ISR, IAC, states, offline verification. The
 * package stays whole with over 20 types because an ISR becomes the payload of its IAC: the checks
 * of the one read the parts of the other.
 */
@NullMarked
package org.actsandbox.protocol.delegation;

import org.jspecify.annotations.NullMarked;
