/** Plays the demo purchases of the command line. */
@NullMarked
package org.actsandbox.web.cli.demo;

import org.jspecify.annotations.NullMarked;
