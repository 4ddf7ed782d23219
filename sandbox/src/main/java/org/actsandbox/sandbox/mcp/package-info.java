/**
 * Serves the Model Context Protocol: one address per world, at which the host of an agent finds
 * tools, resources and prompts (docs/mcp.md).
 */
@NullMarked
package org.actsandbox.sandbox.mcp;

import org.jspecify.annotations.NullMarked;
