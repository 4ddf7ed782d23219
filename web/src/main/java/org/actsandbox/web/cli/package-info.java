/** Implements the command line: {@code ./run} and its commands. */
@NullMarked
package org.actsandbox.web.cli;

import org.jspecify.annotations.NullMarked;
