/** The one JSON mapper, RFC 8785 canonical form, and what is refused before signing. */
@NullMarked
package org.actsandbox.protocol.json;

import org.jspecify.annotations.NullMarked;
