/** Plays the demo purchases of {@code ./run demo}. */
@NullMarked
package org.actsandbox.web.cli.demo;

import org.jspecify.annotations.NullMarked;
