/** Reads and answers the messages of the Model Context Protocol, in all revisions served. */
@NullMarked
package org.actsandbox.sandbox.mcp.message;

import org.jspecify.annotations.NullMarked;
