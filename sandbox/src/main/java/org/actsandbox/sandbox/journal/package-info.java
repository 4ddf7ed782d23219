/** The append-only record of everything that happens in a world. */
@NullMarked
package org.actsandbox.sandbox.journal;

import org.jspecify.annotations.NullMarked;
