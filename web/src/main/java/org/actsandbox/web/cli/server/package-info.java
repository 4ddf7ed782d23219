/** Starts a server for a command, or finds the running one. */
@NullMarked
package org.actsandbox.web.cli.server;

import org.jspecify.annotations.NullMarked;
