/** Connects hosts of agents that only start programs with the MCP server of a world. */
@NullMarked
package org.actsandbox.web.cli.mcp;

import org.jspecify.annotations.NullMarked;
