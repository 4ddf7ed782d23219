/** Puts a gate before an HTTP service from the command line. */
@NullMarked
package org.actsandbox.web.cli.gate;

import org.jspecify.annotations.NullMarked;
