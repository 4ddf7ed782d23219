/** Starts a server for a command, or finds the one that is running. */
@NullMarked
package org.actsandbox.web.cli.server;

import org.jspecify.annotations.NullMarked;
