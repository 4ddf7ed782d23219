/** Holds the tools that agents call, with their schemas. */
@NullMarked
package org.actsandbox.sandbox.mcp.tool;

import org.jspecify.annotations.NullMarked;
