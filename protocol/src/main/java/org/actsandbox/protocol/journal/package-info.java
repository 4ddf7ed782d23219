/** What domain code tells the world's journal. */
@NullMarked
package org.actsandbox.protocol.journal;

import org.jspecify.annotations.NullMarked;
