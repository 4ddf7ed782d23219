/** A world's journal in forms that other tools read. */
@NullMarked
package org.actsandbox.sandbox.export;

import org.jspecify.annotations.NullMarked;
