/**
 * Implements the command line: {@code ./run} and its commands. The package stays whole with over 20
 * types because each command is one class behind {@link Cli}; what a command needs of its own has a
 * package below.
 */
@NullMarked
package org.actsandbox.web.cli;

import org.jspecify.annotations.NullMarked;
