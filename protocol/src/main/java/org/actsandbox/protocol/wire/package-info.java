/**
 * Reads the messages of other participants: first the signature over the received content, then the
 * fields.
 */
@NullMarked
package org.actsandbox.protocol.wire;

import org.jspecify.annotations.NullMarked;
