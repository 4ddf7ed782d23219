/** Exports a world's journal in formats that other tools read. */
@NullMarked
package org.actsandbox.sandbox.export;

import org.jspecify.annotations.NullMarked;
