/** The JSON mapper, the RFC 8785 canonical form, and the checks before signing. */
@NullMarked
package org.actsandbox.protocol.json;

import org.jspecify.annotations.NullMarked;
