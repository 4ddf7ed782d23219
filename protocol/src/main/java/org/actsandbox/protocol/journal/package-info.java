/** The interface through which domain code reports to the world's journal. */
@NullMarked
package org.actsandbox.protocol.journal;

import org.jspecify.annotations.NullMarked;
