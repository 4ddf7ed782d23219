/**
 * Reads messages as other participants send them: the signature over the bytes as they came, then
 * the fields.
 */
@NullMarked
package org.actsandbox.protocol.wire;

import org.jspecify.annotations.NullMarked;
