/** The interface between domain code and the world's clock. */
@NullMarked
package org.actsandbox.protocol.time;

import org.jspecify.annotations.NullMarked;
